// Who has not set up two-factor authentication yet: by pages, to copy, and to take along as a file.
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { UserQuery } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction, useBridge } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { copyText } from '../console/copy-text.ts';
import { saveFile } from '../console/save-file.ts';
import { counted, whenWords } from '../console/time-words.ts';
import { usersBetween } from './use-user-pages.ts';

const PAGE = 100;

const missing: UserQuery = {
  search: '',
  filter: 'missing',
  unitId: null,
  sort: 'display-name',
  descending: false,
};

export function MissingList(): ReactNode {
  const bridge = useBridge();
  const exporting = useAction('administration:exportUsers');
  const [isCopying, setCopying] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['administration:directory', 'missing'],
    queryFn: ({ pageParam }) =>
      bridge.call('administration:directory', { ...missing, offset: pageParam, limit: PAGE }),
    initialPageParam: 0,
    getNextPageParam: ({ matching }, pages) =>
      pages.length * PAGE < matching ? pages.length * PAGE : undefined,
  });
  const users = list.data?.pages.flatMap((page) => page.users) ?? [];
  const matching = list.data?.pages[0]?.matching ?? 0;

  const copyAll = async (): Promise<void> => {
    setCopying(true);
    try {
      const all = await usersBetween(bridge, missing, 0, matching - 1);
      await copyText(
        all.map(({ displayName, userName }) => `${displayName}\t${userName}`).join('\n'),
        'List',
      );
    } catch (error) {
      showToast({ message: failureMessage(error), tone: 'wrong' });
    } finally {
      setCopying(false);
    }
  };
  const saveAll = (): void =>
    exporting.mutate(missing, {
      onSuccess: saveFile,
      onError: (error) => showToast({ message: failureMessage(error), tone: 'wrong' }),
    });

  if (list.data === undefined) {
    return list.error === null ? (
      <Skeleton rows={4} height={36} />
    ) : (
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
    );
  }
  return (
    <section className="stack" aria-label="Who is missing">
      <div className="section-head">
        <h3>{matching === 0 ? 'Nobody is missing' : `${counted(matching, 'person', 'people')} missing`}</h3>
        {matching === 0 ? null : (
          <div className="cluster">
            <Button size="small" icon="copy" onPress={() => void copyAll()} isPending={isCopying}>
              Copy the list
            </Button>
            <Button size="small" icon="download" onPress={saveAll} isPending={exporting.isPending}>
              Export
            </Button>
          </div>
        )}
      </div>
      {matching === 0 ? null : (
        <ul className="missing-list" tabIndex={0} aria-label="People without a factor">
          {users.map((user) => (
            <li key={user.id}>
              <span className="wrap-anywhere">
                {user.displayName} <span className="muted">{user.userName}</span>
              </span>
              {user.factor === 'pending' ? <Badge tone="attention">Has begun</Badge> : null}
              <span className="muted small">last sign-in {whenWords(user.lastSignInAtMs)}</span>
            </li>
          ))}
          {list.hasNextPage ? (
            <li>
              <Button
                size="small"
                onPress={() => void list.fetchNextPage()}
                isPending={list.isFetchingNextPage}
              >
                Show more
              </Button>
            </li>
          ) : null}
        </ul>
      )}
    </section>
  );
}
