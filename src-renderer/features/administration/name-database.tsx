// Names a database, and tests it: nothing goes on before it was found good as it stands.
import { type ReactNode, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { MAX_CERTIFICATE_CHARACTERS, type NamedDatabase } from '../../../src-shared/contract/index.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PasswordField, TextField } from '../../ui/text-field.tsx';

interface Certificate {
  readonly fileName: string;
  readonly text: string;
}

/** What was found is below the form, where a small window does not reach. */
const showWhole = (list: HTMLElement | null): void => list?.scrollIntoView({ block: 'nearest' });

export interface NameDatabaseProps {
  readonly isDisabled: boolean;
  /** Null as soon as something is changed: what was found holds no longer. */
  readonly onNamed: (database: NamedDatabase | null) => void;
}

export function NameDatabase({ isDisabled, onNamed }: NameDatabaseProps): ReactNode {
  const test = useAction('database:test');
  const [url, setUrl] = useState('');
  const [password, setPassword] = useState('');
  const [certificate, setCertificate] = useState<Certificate | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  const forget = (): void => {
    setFault(null);
    test.reset();
    onNamed(null);
  };
  const readCertificate = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    forget();
    if (file.size > MAX_CERTIFICATE_CHARACTERS) {
      setFault('The file is too large for a certificate. Choose another one.');
      return;
    }
    try {
      setCertificate({ fileName: file.name, text: await file.text() });
    } catch {
      setFault('The file cannot be read. It may have been moved; choose it again.');
    }
  };
  const run = (): void => {
    if (test.isPending || url.trim() === '') return;
    const named: NamedDatabase = {
      url: url.trim(),
      authorities: certificate?.text ?? null,
      password: password === '' ? null : password,
    };
    onNamed(null);
    test.mutate(named, { onSuccess: ({ canMove }) => onNamed(canMove ? named : null) });
  };

  return (
    <form
      className="stack"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <TextField
        label="Address"
        hint="Of an empty PostgreSQL database, 14 or newer, whose owner the user is."
        placeholder="postgres://twofold@db.example:5432/twofold"
        value={url}
        onChange={(value) => {
          setUrl(value);
          forget();
        }}
        maxLength={2_000}
        mono
        isDisabled={isDisabled}
        autoFocus
      />
      <PasswordField
        label="Password of the database"
        hint="Kept in this computer’s keychain. Leave it empty where TWOFOLD_DATABASE_PASSWORD holds it, or none is asked for."
        value={password}
        onChange={(value) => {
          setPassword(value);
          forget();
        }}
        maxLength={1_000}
        autoComplete="off"
        isDisabled={isDisabled}
      />
      <div className="field">
        <span className="field-label">Certificate of the server’s authority</span>
        <div className="cluster">
          {certificate === null ? null : (
            <span className="mono wrap-anywhere">
              {certificate.fileName}{' '}
              <IconButton
                icon="cross"
                size={15}
                label={`Leave out ${certificate.fileName}`}
                isDisabled={isDisabled}
                onPress={() => {
                  setCertificate(null);
                  forget();
                }}
              />
            </span>
          )}
          <FileTrigger
            acceptedFileTypes={['.pem', '.crt', '.cer']}
            onSelect={(files) => void readCertificate(files?.[0])}
          >
            <Button size="small" icon="folder" isDisabled={isDisabled}>
              {certificate === null ? 'Choose file' : 'Another file'}
            </Button>
          </FileTrigger>
        </div>
        <span className="field-hint">
          {certificate === null
            ? 'Only where your organization signs its own certificates. The server is always verified, but over a local socket.'
            : 'The server is verified with it.'}
        </span>
      </div>
      <div className="cluster">
        <Button type="submit" isPending={test.isPending} isDisabled={isDisabled || url.trim() === ''}>
          Test the connection
        </Button>
      </div>
      {test.data === undefined ? null : (
        <ul className="name-lists" aria-label="What was found" ref={showWhole}>
          {test.data.checks.map(({ check, isRight, sentence }) => (
            <li key={check} className="name-list">
              <span className={`name-list-icon ${isRight ? 'right' : 'wrong'}`}>
                <Icon name={isRight ? 'check' : 'wrong'} size={17} />
                <span className="visually-hidden">{isRight ? 'Right:' : 'Wrong:'}</span>
              </span>
              <p className="wrap-anywhere">{sentence}</p>
            </li>
          ))}
        </ul>
      )}
      {fault === null ? null : <ErrorNote error={fault} />}
      {test.error === null ? null : <ErrorNote error={test.error} />}
    </form>
  );
}
