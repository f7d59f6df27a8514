// Moves the console to a database, or back to the folder: named, tested, tried, and then switched.
import { type ReactNode, useEffect, useState } from 'react';
import {
  type DataPlace,
  type EventPayload,
  events,
  type NamedDatabase,
  type Output,
} from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { useAction, useBridge } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeInput } from '../../ui/code-input.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { refusalWords } from '../console/refusal-words.ts';
import { useCodeLength } from '../console/use-code-length.ts';
import './administration.css';
import './database.css';
import { NameDatabase } from './name-database.tsx';
import { partName, progressWords } from './database-words.ts';

type Moved = Output<'database:move'>;

export interface MoveConsoleDialogProps {
  /** Where the data lie now. */
  readonly from: DataPlace;
  readonly isCodeAsked: boolean;
  readonly onClose: () => void;
}

const newJobId = (): string => crypto.randomUUID();

/** What the work of that job is at; null before it has begun. */
function useProgress(jobId: string): EventPayload<'database:progress'> | null {
  const bridge = useBridge();
  const [progress, setProgress] = useState<EventPayload<'database:progress'> | null>(null);
  useEffect(
    () =>
      bridge.onEvent((event, payload) => {
        if (event !== 'database:progress') return;
        const told = events['database:progress'].parse(payload);
        if (told.jobId === jobId) setProgress(told);
      }),
    [bridge, jobId],
  );
  return progress;
}

export function MoveConsoleDialog({ from, isCodeAsked, onClose }: MoveConsoleDialogProps): ReactNode {
  const isBack = from.kind === 'database';
  const action = useAction('database:move');
  /** Null: nothing that was found good yet. */
  const [named, setNamed] = useState<NamedDatabase | null>(null);
  const [jobId, setJobId] = useState(newJobId);
  const progress = useProgress(jobId);
  const [tried, setTried] = useState<Moved | null>(null);
  const [moved, setMoved] = useState<Moved | null>(null);
  const [isCodeNeeded, setCodeNeeded] = useState(isCodeAsked);
  const [code, setCode] = useState('');
  const [tries, setTries] = useState(0);
  const [length, learnLength] = useCodeLength();

  const run = (isDryRun: boolean): void => {
    if (action.isPending) return;
    const job = newJobId();
    setJobId(job);
    action.mutate(
      { to: named, isDryRun, jobId: job, code: isCodeNeeded ? code : null },
      {
        onSuccess: isDryRun ? setTried : setMoved,
        onError: (error) => {
          learnLength(error);
          if (hasCode(error, 'code-required')) setCodeNeeded(true);
        },
        onSettled: () => {
          setCode('');
          setTries((before) => before + 1);
        },
      },
    );
  };
  if (moved !== null) return <MovedDialog moved={moved} isBack={isBack} onClose={onClose} />;

  const isNamed = isBack || named !== null;
  const isReady = isNamed && (!isCodeNeeded || code.length >= length);
  const isCodeError = hasCode(action.error, 'code-refused', 'locked-out');
  const otherError = isCodeError || hasCode(action.error, 'code-required') ? null : action.error;
  return (
    <Dialog
      title={isBack ? 'Move the console back to the folder' : 'Move the console to a database'}
      isOpen
      onClose={onClose}
      isDismissable={!action.isPending}
      actions={
        <>
          <Button onPress={onClose} isDisabled={action.isPending}>
            Cancel
          </Button>
          <Button onPress={() => run(true)} isDisabled={!isReady || action.isPending}>
            Dry run
          </Button>
          <Button
            variant="primary"
            onPress={() => run(false)}
            isPending={action.isPending}
            isDisabled={!isReady}
          >
            {isBack ? 'Move back' : 'Move'}
          </Button>
        </>
      }
    >
      <div className="stack">
        {isBack ? (
          <p>
            Everything in <span className="mono wrap-anywhere">{from.address}</span> is copied to the folder
            and compared. Then the console goes on there, and the database is kept as it is.
          </p>
        ) : (
          <NameDatabase
            isDisabled={action.isPending}
            onNamed={(found) => {
              setNamed(found);
              setTried(null);
              action.reset();
            }}
          />
        )}
        {isNamed ? (
          <p className="muted small">
            While it moves, nobody can sign in or use the console. Everyone stays signed in. Every record is
            read back and compared before anything is switched, and the old store is kept. Other computers
            that run Twofold over the same database must be stopped.
          </p>
        ) : null}
        {tried === null || action.isPending ? null : (
          <>
            <Note tone="right">
              Everything was copied and compared, record by record, and nothing was kept: a dry run.
            </Note>
            <Parts moved={tried} />
          </>
        )}
        {isCodeNeeded && isNamed && !action.isPending ? (
          <CodeInput
            key={tries}
            label="Your own current code"
            value={code}
            onChange={setCode}
            length={length}
            hint="To prove that it is you. Each code works once: after a dry run, wait for the next one."
            error={isCodeError ? refusalWords(action.error) : undefined}
          />
        ) : null}
        {action.isPending ? (
          <ProgressBar
            label={progress === null ? 'Waiting for what is under way' : progressWords(progress)}
            share={progress?.share ?? 0}
          />
        ) : null}
        {otherError === null ? null : <ErrorNote error={otherError} />}
      </div>
    </Dialog>
  );
}

function MovedDialog({
  moved,
  isBack,
  onClose,
}: {
  readonly moved: Moved;
  readonly isBack: boolean;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Dialog
      title={isBack ? 'The console is in the folder again' : 'The console is in the database'}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          Done
        </Button>
      }
    >
      <div className="stack">
        <Note tone="right">
          Every record is the same. The old store is kept at{' '}
          <span className="mono wrap-anywhere">{moved.keptAt}</span>, and nothing is added to it any more.
        </Note>
        <Parts moved={moved} />
      </div>
    </Dialog>
  );
}

function Parts({ moved }: { readonly moved: Moved }): ReactNode {
  return (
    // With the focus, the keyboard scrolls it where it does not fit.
    <div role="group" aria-label="Counts and checksums" tabIndex={0}>
      <table className="moved-parts" aria-label="What was copied">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Records</th>
            <th scope="col">Checksum</th>
          </tr>
        </thead>
        <tbody>
          {moved.parts.map(({ name, count, checksum }) => (
            <tr key={name}>
              <td>{partName(name)}</td>
              <td className="tabular">{count.toLocaleString('en-GB')}</td>
              <td className="mono muted">{checksum.slice(0, 12)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
