// Opens the newest backup with its password, as on another computer, and says what is in it. Nothing is changed.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { BackupTest } from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { Note } from '../../ui/note.tsx';
import { PasswordField } from '../../ui/text-field.tsx';
import { counted } from '../console/time-words.ts';

export function TestRestoreDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [password, setPassword] = useState('');
  const open = useAction('backup:test');
  const { error } = open;
  const isWrong = hasCode(error, 'import-refused') && error.details['reason'] === 'wrong-password';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (password !== '') open.mutate({ password });
  };
  return (
    <Dialog
      title="Test restore"
      isOpen
      onClose={onClose}
      size="small"
      isDismissable={!open.isPending}
      actions={
        open.data === undefined ? (
          <FormActions
            form="test-restore"
            label="Open the backup"
            onCancel={onClose}
            isPending={open.isPending}
            isReady={password !== ''}
          />
        ) : (
          <Button variant="primary" onPress={onClose}>
            Done
          </Button>
        )
      }
    >
      {open.data === undefined ? (
        <form id="test-restore" className="stack" onSubmit={submit}>
          <p className="muted">
            Opens the newest backup as another computer would, with its password alone, and compares it with
            your accounts. Nothing is changed.
          </p>
          <PasswordField
            label="Backup password"
            value={password}
            onChange={(typed) => {
              setPassword(typed);
              if (open.isError) open.reset();
            }}
            autoComplete="off"
            maxLength={1024}
            autoFocus
            error={isWrong ? error.message : undefined}
          />
          {error === null || isWrong ? null : <ErrorNote error={error} />}
        </form>
      ) : (
        <Result test={open.data} />
      )}
    </Dialog>
  );
}

function Result({ test }: { readonly test: BackupTest }): ReactNode {
  const { path, accounts, missing, extra } = test;
  const isComplete = missing === 0;
  return (
    <div className="stack">
      <Note tone={isComplete ? 'right' : 'attention'}>
        {isComplete
          ? `The backup opens. It holds all ${counted(accounts - extra, 'account')} that you use.`
          : `The backup opens, but lacks ${counted(missing, 'account')} that you use. Make a new one.`}
      </Note>
      {extra === 0 ? null : (
        <p>
          {counted(extra, 'account')} in it {extra === 1 ? 'is' : 'are'} no longer in your list.
        </p>
      )}
      <p className="small muted wrap-anywhere">Opened: {path}</p>
    </div>
  );
}
