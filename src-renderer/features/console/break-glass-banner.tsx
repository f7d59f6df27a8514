// Told to every administrator while a break-glass use waits: until when it can be cancelled, and how.
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CodedDialog } from './coded-dialog.tsx';
import { exactTime } from './time-words.ts';

export interface BreakGlassBannerProps {
  readonly effectiveAtMs: number;
  /** Only somebody with a second factor can cancel it. */
  readonly canCancel: boolean;
}

export function BreakGlassBanner({ effectiveAtMs, canCancel }: BreakGlassBannerProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Note
        tone="wrong"
        {...(canCancel
          ? {
              actions: (
                <Button size="small" onPress={() => setOpen(true)}>
                  Cancel it
                </Button>
              ),
            }
          : {})}
      >
        <strong>A break-glass code was used.</strong>{' '}
        {`It can replace an administrator’s second factor from ${exactTime(effectiveAtMs)} on.`}{' '}
        {canCancel
          ? 'If that is not wanted, cancel it.'
          : 'If that is not wanted, ask an administrator who has a device to cancel it.'}
      </Note>
      {isOpen ? (
        <CodedDialog
          title="Cancel the break-glass use"
          method="console:cancelBreakGlass"
          inputOf={(code) => ({ code: code ?? '' })}
          isCodeAlwaysAsked
          confirmLabel="Cancel the use"
          isDanger
          onDone={() => {
            setOpen(false);
            showToast({ message: 'The break-glass use is cancelled.', tone: 'right' });
          }}
          onClose={() => setOpen(false)}
        >
          <p>
            The code that was used is worth nothing from then on. The others stay sealed. The audit says who
            used it, from which browser, and that you cancelled it.
          </p>
        </CodedDialog>
      ) : null}
    </>
  );
}
