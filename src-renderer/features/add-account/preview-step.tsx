// The last step of adding: what was found, what becomes of each, and the button that adds it.
import type { ReactNode } from 'react';
import type { Output, Preview } from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { choicesOf, confirmWords, type Decisions } from './choices.ts';
import { PreviewList } from './preview-list.tsx';
import type { ReadingState } from './reading-queue.ts';

export interface PreviewStepProps {
  readonly preview: Preview;
  /** Files and texts of the last go that could not be read at all. */
  readonly failures: ReadingState['failures'];
  readonly decisions: Decisions;
  readonly onDecide: (decisions: Decisions) => void;
  /** Goes on reading into the same preview. */
  readonly onMore: () => void;
  readonly onAdded: (outcome: Output<'transfer:add'>) => void;
  readonly onClose: () => void;
}

export function PreviewStep(props: PreviewStepProps): ReactNode {
  const { preview, failures, decisions, onDecide, onMore, onAdded, onClose } = props;
  const add = useAction('transfer:add');
  const choices = choicesOf(decisions, preview.candidates);
  const isExpired = hasCode(add.error, 'not-found');
  const title =
    preview.candidates.length === 0
      ? 'Nothing to add'
      : preview.candidates.length === 1
        ? 'Add this account?'
        : 'Add these accounts?';
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      size="large"
      isDismissable={!add.isPending}
      actions={
        <>
          <Button icon="plus" onPress={onMore} isDisabled={add.isPending}>
            Add more
          </Button>
          {preview.candidates.length === 0 ? (
            <Button variant="primary" onPress={onClose}>
              Close
            </Button>
          ) : (
            <Button
              variant="primary"
              isDisabled={choices.length === 0 || isExpired}
              isPending={add.isPending}
              onPress={() => add.mutate({ previewId: preview.id, choices }, { onSuccess: onAdded })}
              autoFocus
            >
              {confirmWords(choices)}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        <PreviewList preview={preview} failures={failures} decisions={decisions} onDecide={onDecide} />
        {add.error === null ? null : <ErrorNote error={add.error} />}
      </div>
    </Dialog>
  );
}
