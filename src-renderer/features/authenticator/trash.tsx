// The trash: deleted accounts until they leave for good, each with the way back.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { DeletedAccount } from '../../../src-shared/contract/index.ts';
import { routeHref } from '../../app/route.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { useMoment } from '../../bridge/window-clock.ts';
import { windowZone } from '../../bridge/window-zone.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { accountSubtitle, accountTitle, accountWords, countWords } from './account-label.ts';
import './authenticator.css';
import { Avatar } from './avatar.tsx';
import { leavingWords } from './leaving-words.ts';

/** A trash of thousands is rare, and looked at from its newest end. */
const STEP = 100;

const day = new Intl.DateTimeFormat(undefined, { timeZone: windowZone(), dateStyle: 'medium' });

export function Trash(): ReactNode {
  const trash = useCall('authenticator:trash', {});
  const { mutateAsync: restore } = useAction('authenticator:restore');
  const [shown, setShown] = useState(STEP);
  /** What to delete for good, asked about first; 'all' empties the trash. */
  const [doomed, setDoomed] = useState<DeletedAccount | 'all' | null>(null);
  const accounts = trash.data?.accounts ?? [];
  const page = useRef<HTMLDivElement>(null);

  // The button that was pressed goes with its row.
  useEffect(() => {
    if (document.activeElement === document.body) page.current?.focus();
  }, [accounts.length]);

  const bringBack = (account: DeletedAccount): void => {
    restore({ id: account.id }).then(
      () => showToast({ message: `Restored ${accountTitle(account)}.`, tone: 'right' }),
      (error: unknown) => showToast({ message: failureMessage(error), tone: 'wrong' }),
    );
  };

  return (
    <Page
      title="Trash"
      count={accounts.length === 0 ? undefined : countWords(accounts.length)}
      actions={
        accounts.length === 0 ? undefined : (
          <Button icon="trash" onPress={() => setDoomed('all')}>
            Empty trash
          </Button>
        )
      }
    >
      <div ref={page} tabIndex={-1} className="stack trash">
        <a className="back-link" href={routeHref('authenticator')}>
          <Icon name="chevronLeft" size={16} /> Authenticator
        </a>
        {trash.error === null ? null : <ErrorNote error={trash.error} onRetry={() => void trash.refetch()} />}
        {trash.isPending ? <Skeleton rows={3} height={64} /> : null}
        {trash.data !== undefined && accounts.length === 0 ? (
          <Card>
            <EmptyState icon="trash" title="The trash is empty">
              Deleted accounts stay here for 30 days, in case you still need their codes.
            </EmptyState>
          </Card>
        ) : null}
        {accounts.length === 0 ? null : (
          <Card flush>
            <ul aria-label="Deleted accounts">
              {accounts.slice(0, shown).map((account) => (
                <li key={account.id} className="trash-row">
                  <Avatar issuer={account.issuer} name={account.name} />
                  <div className="account-words">
                    <div className="account-title">
                      <span className="account-name">{accountTitle(account)}</span>
                    </div>
                    {accountSubtitle(account) === '' ? null : (
                      <div className="account-subtitle">{accountSubtitle(account)}</div>
                    )}
                  </div>
                  <div className="trash-leaves" title={day.format(account.leavesAtMs)}>
                    <LeavesIn leavesAtMs={account.leavesAtMs} />
                  </div>
                  <div className="trash-actions">
                    <Button
                      size="small"
                      icon="undo"
                      aria-label={`Restore: ${accountWords(account)}`}
                      onPress={() => bringBack(account)}
                    >
                      Restore
                    </Button>
                    <Button
                      size="small"
                      variant="quiet"
                      aria-label={`Delete forever: ${accountWords(account)}`}
                      onPress={() => setDoomed(account)}
                    >
                      Delete forever
                    </Button>
                  </div>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {shown >= accounts.length ? null : (
          <div className="cluster trash-more">
            <Button onPress={() => setShown(shown + STEP)}>
              Show {Math.min(STEP, accounts.length - shown)} more
            </Button>
          </div>
        )}
      </div>
      {doomed === null ? null : (
        <Doom doomed={doomed} count={accounts.length} onClose={() => setDoomed(null)} />
      )}
    </Page>
  );
}

/** A component of its own, so that the time is taken when the row appears, not at each drawing. */
function LeavesIn({ leavesAtMs }: { readonly leavesAtMs: number }): ReactNode {
  return leavingWords(leavesAtMs - useMoment());
}

interface DoomProps {
  readonly doomed: DeletedAccount | 'all';
  readonly count: number;
  readonly onClose: () => void;
}

function Doom({ doomed, count, onClose }: DoomProps): ReactNode {
  const remove = useAction('authenticator:deleteForever');
  const isAll = doomed === 'all';
  return (
    <ConfirmDialog
      title={isAll ? 'Empty the trash?' : 'Delete this account forever?'}
      isOpen
      onClose={onClose}
      confirmLabel={isAll ? 'Empty trash' : 'Delete forever'}
      isDanger
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ ids: isAll ? null : [doomed.id] }, { onSuccess: onClose })}
    >
      <p className="wrap-anywhere">
        {isAll ? (
          <>The secrets of {countWords(count)} are deleted for good.</>
        ) : (
          <>
            The secret of <strong>{accountWords(doomed)}</strong> is deleted for good.
          </>
        )}{' '}
        Without it, or a backup, you cannot make those codes any more. Turn two-factor authentication off at
        the service first.
      </p>
    </ConfirmDialog>
  );
}
