// Imports users from a CSV file: choose, drop or paste it; look at every line; then all of them or nobody.
import { type ReactNode, useEffect, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import {
  type ImportedUser,
  MAX_IMPORTED_USERS,
  MAX_USER_FILE_CHARACTERS,
  type Output,
} from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { useAction, useBridge } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { CodeInput } from '../../ui/code-input.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { refusalWords } from '../console/refusal-words.ts';
import { saveFile } from '../console/save-file.ts';
import { counted } from '../console/time-words.ts';
import { useCodeLength } from '../console/use-code-length.ts';
import { userFileText } from './user-file-text.ts';
import './users.css';

/** Four bytes at most for a character. */
const MAX_FILE_BYTES = MAX_USER_FILE_CHARACTERS * 4;

export interface ImportUsersDialogProps {
  readonly isCodeAsked: boolean;
  readonly onClose: () => void;
}

type Preview = Output<'administration:previewUserImport'>;

interface Read {
  readonly content: string;
  readonly preview: Preview;
}

export function ImportUsersDialog({ isCodeAsked, onClose }: ImportUsersDialogProps): ReactNode {
  const [read, setRead] = useState<Read | null>(null);
  const [result, setResult] = useState<Output<'administration:importUsers'> | null>(null);
  if (result !== null) return <ImportResult result={result} onClose={onClose} />;
  if (read === null) return <ChooseFile onRead={setRead} onClose={onClose} />;
  return (
    <PreviewFile
      read={read}
      isCodeAsked={isCodeAsked}
      onBack={() => setRead(null)}
      onDone={setResult}
      onClose={onClose}
    />
  );
}

interface ChooseFileProps {
  readonly onRead: (read: Read) => void;
  readonly onClose: () => void;
}

function ChooseFile({ onRead, onClose }: ChooseFileProps): ReactNode {
  const preview = useAction('administration:previewUserImport');
  const [fault, setFault] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const [pasted, setPasted] = useState('');

  const look = (content: string): void => {
    setFault(null);
    preview.reset();
    if (content.trim() === '') setFault('The file is empty. Choose another one.');
    else if (content.length > MAX_USER_FILE_CHARACTERS)
      setFault('The file is too long. Split it into several.');
    else preview.mutate({ content }, { onSuccess: (answer) => onRead({ content, preview: answer }) });
  };
  const readFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > MAX_FILE_BYTES) {
      setFault('The file is too large for a list of users. Nothing was read.');
      return;
    }
    try {
      look(userFileText(new Uint8Array(await file.arrayBuffer())));
    } catch {
      setFault('The file cannot be read. It may have been moved; choose it again.');
    }
  };

  return (
    <Dialog
      title="Import users"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={pasted.trim() === ''}
            isPending={preview.isPending}
            onPress={() => look(pasted)}
          >
            Preview
          </Button>
        </>
      }
    >
      <div className="stack">
        <div
          className={`drop-zone${isOver ? ' over' : ''}`}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            void readFile(event.dataTransfer.files[0]);
          }}
        >
          <p>Drop a CSV file here, or</p>
          <FileTrigger
            acceptedFileTypes={['.csv', '.tsv', '.txt', 'text/csv']}
            onSelect={(files) => void readFile(files?.[0])}
          >
            <Button icon="folder">Choose file</Button>
          </FileTrigger>
        </div>
        <TextField
          label="Or paste its lines"
          value={pasted}
          onChange={setPasted}
          multiline
          mono
          placeholder={'user name,display name,role,unit\njonas.frei,Jonas Frei,user,Sales'}
          maxLength={MAX_USER_FILE_CHARACTERS}
        />
        {fault === null ? null : <ErrorNote error={fault} />}
        {preview.error === null ? null : <ErrorNote error={preview.error} />}
        <p className="muted small">
          Columns: user name, display name, role, unit. The user name alone is enough. With a first line of
          names, in any order. Up to {MAX_IMPORTED_USERS.toLocaleString('en-GB')} users. You see every line
          before anything is added.
        </p>
      </div>
    </Dialog>
  );
}

interface PreviewFileProps {
  readonly read: Read;
  readonly isCodeAsked: boolean;
  readonly onBack: () => void;
  readonly onDone: (result: Output<'administration:importUsers'>) => void;
  readonly onClose: () => void;
}

const newJobId = (): string => crypto.randomUUID();

function PreviewFile({ read, isCodeAsked, onBack, onDone, onClose }: PreviewFileProps): ReactNode {
  const { content, preview } = read;
  const bridge = useBridge();
  const action = useAction('administration:importUsers');
  const [jobId] = useState(newJobId);
  const [share, setShare] = useState(0);
  const [code, setCode] = useState('');
  const [tries, setTries] = useState(0);
  const [length, learnLength] = useCodeLength();
  const [isNeeded, setNeeded] = useState(isCodeAsked);
  const [showsProblems, setShowsProblems] = useState(preview.problems > 0);
  const count = preview.users.length;
  const rows = showsProblems ? preview.users.filter(({ problem }) => problem !== null) : preview.users;

  useEffect(
    () =>
      bridge.onEvent((event, payload) => {
        if (event === 'administration:progress' && 'jobId' in payload && payload.jobId === jobId)
          setShare(payload.share);
      }),
    [bridge, jobId],
  );

  const run = (): void => {
    setShare(0);
    action.mutate(
      { content, jobId, code: isNeeded ? code : null },
      {
        onSuccess: onDone,
        onError: (error) => {
          learnLength(error);
          if (hasCode(error, 'code-required')) setNeeded(true);
          setCode('');
          setTries(tries + 1);
        },
      },
    );
  };

  const isCodeError = hasCode(action.error, 'code-refused', 'locked-out');
  const otherError = isCodeError || hasCode(action.error, 'code-required') ? null : action.error;
  const canImport = preview.problems === 0;
  return (
    <Dialog
      title={`Import ${counted(count, 'user')}`}
      size="large"
      isOpen
      onClose={onClose}
      isDismissable={!action.isPending}
      actions={
        <>
          <Button onPress={onBack} isDisabled={action.isPending}>
            Another file
          </Button>
          <Button
            variant="primary"
            onPress={run}
            isPending={action.isPending}
            isDisabled={!canImport || (isNeeded && code.length < length)}
          >
            {`Import ${counted(count, 'user')}`}
          </Button>
        </>
      }
    >
      <div className="stack">
        {action.isPending ? (
          <ProgressBar label="Making one-time passwords, then adding all at once" share={share} />
        ) : canImport ? (
          <Note tone="right">
            Every line can be imported. Either all of them are added, or nobody.
            {preview.newUnits.length === 0
              ? ''
              : ` ${counted(preview.newUnits.length, 'new unit')}: ${preview.newUnits.slice(0, 8).join(', ')}${preview.newUnits.length > 8 ? ' and more' : ''}.`}
          </Note>
        ) : (
          <Note tone="wrong">
            {counted(preview.problems, 'line')} cannot be imported. Mend{' '}
            {preview.problems === 1 ? 'it' : 'them'} in the file and choose it again; nothing was added.
          </Note>
        )}
        {preview.problems === 0 || preview.problems === count ? null : (
          <Checkbox
            label="Show the lines with a problem alone"
            isSelected={showsProblems}
            onChange={setShowsProblems}
          />
        )}
        <VirtualList
          label="Lines of the file"
          rows={rows}
          rowId={({ line }) => String(line)}
          rowHeight={38}
          isFocusable
          render={(user) => <ImportLine user={user} />}
        />
        {isNeeded && canImport && !action.isPending ? (
          <CodeInput
            key={tries}
            label="Your own current code"
            value={code}
            onChange={setCode}
            length={length}
            hint="From your authenticator, to prove that it is you."
            error={isCodeError ? refusalWords(action.error) : undefined}
            autoFocus
          />
        ) : null}
        {otherError === null ? null : <ErrorNote error={otherError} />}
      </div>
    </Dialog>
  );
}

function ImportLine({ user }: { readonly user: ImportedUser }): ReactNode {
  const role = user.role === 'administrator' ? 'Administrator' : 'User';
  return (
    <div className="import-line">
      <span className="import-line-number tabular" aria-label={`Line ${user.line}`}>
        {user.line}
      </span>
      <span className="table-title wrap-anywhere">{user.userName === '' ? '–' : user.userName}</span>
      <span className="wrap-anywhere">{user.displayName}</span>
      <span className="muted wrap-anywhere">{user.unit === '' ? role : `${role}, ${user.unit}`}</span>
      {user.problem === null ? null : (
        <span className="import-problem">
          <Icon name="wrong" size={14} />
          {user.problem}
        </span>
      )}
    </div>
  );
}

interface ImportResultProps {
  readonly result: Output<'administration:importUsers'>;
  readonly onClose: () => void;
}

function ImportResult({ result, onClose }: ImportResultProps): ReactNode {
  const [isSaved, setSaved] = useState(false);
  return (
    <Dialog
      title={`${counted(result.added, 'user')} added`}
      size="small"
      isOpen
      onClose={onClose}
      // A press outside must not lose what can be saved this once.
      isDismissable={false}
      actions={
        <>
          <Button
            variant={isSaved ? 'secondary' : 'primary'}
            icon="download"
            onPress={() => {
              saveFile(result.file);
              setSaved(true);
            }}
          >
            {isSaved ? 'Save again' : 'Save one-time passwords'}
          </Button>
          <Button variant={isSaved ? 'primary' : 'secondary'} isDisabled={!isSaved} onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          {result.added === 1 ? 'The user has' : 'Each of them has'} a one-time password, to be changed at the
          first sign-in. They stand in {result.file.fileName}.
        </p>
        <Note tone="attention">
          This is the only time that you can save them. Hand each one over safely, then delete the file.
        </Note>
      </div>
    </Dialog>
  );
}
