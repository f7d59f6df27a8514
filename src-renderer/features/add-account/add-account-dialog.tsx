// Adding accounts: every way in leads to one preview that can grow; then it is added, and can be taken back as a whole.
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { useBridge } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import type { Incoming, Way } from '../transfer/open-transfer.ts';
import './add-account.css';
import { CameraForm } from './camera-form.tsx';
import type { Decisions } from './choices.ts';
import { FileForm } from './file-form.tsx';
import { LinkForm } from './link-form.tsx';
import { ManualForm } from './manual-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { PictureForm } from './picture-form.tsx';
import { PreviewStep } from './preview-step.tsx';
import { ReadingQueue, type ReadingState } from './reading-queue.ts';
import { ScreenForm } from './screen-form.tsx';
import { tellAdded } from './tell-added.ts';

export interface AddAccountDialogProps {
  readonly startWay: Way;
  /** What was pasted, dropped or opened by the system; read at once. */
  readonly incoming: Incoming | null;
  readonly onClose: () => void;
}

export function AddAccountDialog({ startWay, incoming, onClose }: AddAccountDialogProps): ReactNode {
  const bridge = useBridge();
  const [queue] = useState(() => new ReadingQueue(bridge));
  const reading = useSyncExternalStore(queue.subscribe, queue.state);
  const [way, setWay] = useState<Way>(startWay);
  const [isPreviewShown, setPreviewShown] = useState(false);
  /** The picture of the screen, for regions of it, until the dialog closes. */
  const [screen, setScreen] = useState<HTMLCanvasElement | null>(null);
  const [decisions, setDecisions] = useState<Decisions>(new Map());

  const read = async (next: Incoming): Promise<void> => {
    if (await queue.read(next)) setPreviewShown(true);
  };
  useEffect(() => {
    if (incoming === null) return;
    void queue.read(incoming).then((grew) => {
      if (grew) setPreviewShown(true);
    });
  }, [queue, incoming]);
  useEffect(() => () => queue.end(), [queue]);

  const { preview, locked, now, failures } = reading;
  if (locked !== null) {
    return (
      <PasswordForm
        key={`${locked.name}-${locked.error === null ? 'first' : 'again'}`}
        locked={locked}
        onPassword={(password) => queue.enterPassword(password)}
        onLeaveOut={() => queue.leaveLockedOut()}
        onClose={onClose}
      />
    );
  }
  if (isPreviewShown && preview !== null && now === null) {
    return (
      <PreviewStep
        preview={preview}
        failures={failures}
        decisions={decisions}
        onDecide={setDecisions}
        onMore={() => setPreviewShown(false)}
        onAdded={({ undoId, added, replaced }) => {
          queue.forget();
          tellAdded(bridge, { accounts: added, replaced, undoId });
          onClose();
        }}
        onClose={onClose}
      />
    );
  }

  const addedByHand = (account: Account): void => {
    tellAdded(bridge, { accounts: [account], replaced: 0, undoId: null });
    // What was read before is still to be looked at.
    if (preview === null) onClose();
    else setPreviewShown(true);
  };
  const isReading = now !== null;
  const takeFiles = (files: readonly File[]): void => void read({ kind: 'files', files });
  return (
    <Dialog
      title={preview === null ? 'Add account' : 'Add more'}
      isOpen
      onClose={onClose}
      size="large"
      {...(preview === null
        ? {}
        : {
            actions: (
              <Button icon="chevronLeft" onPress={() => setPreviewShown(true)}>
                Back to what was found ({preview.candidates.length})
              </Button>
            ),
          })}
    >
      <Tabs
        label="Ways in"
        selected={way}
        onSelect={setWay}
        tabs={[
          {
            id: 'picture',
            label: 'Read a picture',
            content: <PictureForm isReading={isReading} onFiles={takeFiles} />,
          },
          {
            id: 'screen',
            label: 'Screen',
            content: (
              <ScreenForm
                failure={isReading ? null : <Failures failures={failures} />}
                picture={screen}
                onPicture={setScreen}
                isReading={isReading}
                onFile={(file) => takeFiles([file])}
              />
            ),
          },
          {
            id: 'camera',
            label: 'Camera',
            content: <CameraForm queue={queue} onDone={() => setPreviewShown(true)} />,
          },
          {
            id: 'link',
            label: 'Paste a link',
            content: <LinkForm isReading={isReading} onText={(text) => void read({ kind: 'text', text })} />,
          },
          { id: 'manual', label: 'Type it in', content: <ManualForm onAdded={addedByHand} /> },
          {
            id: 'file',
            label: 'Import a file',
            content: <FileForm isReading={isReading} onFiles={takeFiles} onWay={setWay} />,
          },
        ]}
      />
      {/* Camera and screen say beside their pictures what could not be read. */}
      {way === 'camera' ? null : <ReadingNow now={now} onCancel={() => queue.cancel()} />}
      {way === 'camera' || way === 'screen' || isReading ? null : (
        <div className="add-failure">
          <Failures failures={failures} />
        </div>
      )}
    </Dialog>
  );
}

/** What is read now: with its progress, and a way to end it, where it takes time. */
function ReadingNow({
  now,
  onCancel,
}: {
  readonly now: ReadingState['now'];
  readonly onCancel: () => void;
}): ReactNode {
  if (now === null) return null;
  return (
    <div className="cluster add-reading">
      {now.share === null ? (
        <p className="cluster add-reading-words" role="status">
          <Spinner size={16} /> <span className="wrap-anywhere">Reading {now.name}</span>
        </p>
      ) : (
        <ProgressBar label={`Decrypting ${now.name}`} share={now.share} />
      )}
      {now.share === null ? null : (
        <Button size="small" onPress={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}

function Failures({ failures }: { readonly failures: ReadingState['failures'] }): ReactNode {
  const [only] = failures;
  if (only === undefined) return null;
  return (
    <div className="stack tight">
      {failures.length === 1 ? (
        <ErrorNote error={only.reason} />
      ) : (
        failures.map(({ where, reason }, index) => <ErrorNote key={index} error={`${where}: ${reason}`} />)
      )}
    </div>
  );
}
