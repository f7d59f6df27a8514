// Adding an account: read a picture, paste a link, or type it in; then look at what was found, and add it.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { useAction, useBridge } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { showToast } from '../../ui/toast.tsx';
import { accountWords } from '../authenticator/account-label.ts';
import type { Incoming } from '../authenticator/use-incoming.ts';
import './add-account.css';
import { LinkForm } from './link-form.tsx';
import { ManualForm } from './manual-form.tsx';
import { PictureForm } from './picture-form.tsx';
import { PreviewList } from './preview-list.tsx';
import { readIncoming } from './read-incoming.ts';

type Way = 'picture' | 'link' | 'manual';

export interface AddAccountDialogProps {
  /** What was pasted into or dropped on the room; read at once. */
  readonly incoming: Incoming | null;
  readonly onClose: () => void;
}

const tellAdded = (accounts: readonly Account[]): void => {
  const [first] = accounts;
  if (first === undefined) return;
  const message =
    accounts.length === 1 ? `Added ${accountWords(first)}.` : `Added ${accounts.length} accounts.`;
  showToast({ message, tone: 'right' });
};

export function AddAccountDialog({ incoming, onClose }: AddAccountDialogProps): ReactNode {
  const bridge = useBridge();
  const [way, setWay] = useState<Way>(incoming?.kind === 'text' ? 'link' : 'picture');
  const {
    mutate: read,
    reset: leavePreview,
    ...reading
  } = useMutation({
    mutationFn: (next: Incoming) => readIncoming(bridge, next),
    onSuccess: () => setChosen(null),
  });
  /** Null: all that are new. */
  const [chosenByHand, setChosen] = useState<ReadonlySet<string> | null>(null);
  const add = useAction('authenticator:addCandidates');
  useEffect(() => {
    if (incoming !== null) read(incoming);
  }, [incoming, read]);

  const finish = (accounts: readonly Account[]): void => {
    tellAdded(accounts);
    onClose();
  };

  if (reading.data !== undefined) {
    const { candidates } = reading.data;
    const news = candidates.filter(({ status }) => status === 'new');
    const chosen = chosenByHand ?? new Set(news.map(({ id }) => id));
    const back = (): void => {
      leavePreview();
      add.reset();
    };
    return (
      <Dialog
        title={candidates.length === 1 ? 'Add this account?' : 'Add accounts'}
        isOpen
        onClose={onClose}
        actions={
          <>
            <Button onPress={back}>Back</Button>
            <Button
              variant="primary"
              isDisabled={chosen.size === 0}
              isPending={add.isPending}
              onPress={() => add.mutate({ ids: [...chosen] }, { onSuccess: ({ added }) => finish(added) })}
              autoFocus
            >
              {chosen.size < 2 ? 'Add account' : `Add ${chosen.size} accounts`}
            </Button>
          </>
        }
      >
        <PreviewList reading={reading.data} chosen={chosen} onChoose={setChosen} />
        {add.error === null ? null : <ErrorNote error={add.error} />}
      </Dialog>
    );
  }

  return (
    <Dialog title="Add account" isOpen onClose={onClose}>
      <Tabs
        label="How to add the account"
        selected={way}
        onSelect={(next) => {
          setWay(next);
          leavePreview();
        }}
        tabs={[
          {
            id: 'picture',
            label: 'Read a picture',
            content: (
              <PictureForm
                isReading={reading.isPending}
                onPictures={(files) => read({ kind: 'pictures', files })}
              />
            ),
          },
          {
            id: 'link',
            label: 'Paste a link',
            content: (
              <LinkForm isReading={reading.isPending} onText={(text) => read({ kind: 'text', text })} />
            ),
          },
          {
            id: 'manual',
            label: 'Type it in',
            content: <ManualForm onAdded={(account) => finish([account])} />,
          },
        ]}
      />
      {reading.isPending ? (
        <p className="cluster add-reading" role="status">
          <Spinner size={16} /> Reading
        </p>
      ) : null}
      {reading.error === null ? null : (
        <div className="add-failure">
          <ErrorNote error={reading.error} />
        </div>
      )}
    </Dialog>
  );
}
