// Asks for the passphrase that the data was sealed with.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { MessageScreen } from '../../app/message-screen.tsx';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { PasswordField } from '../../ui/text-field.tsx';

export function EnterPassphrase({ reason }: { readonly reason: string }): ReactNode {
  const [passphrase, setPassphrase] = useState('');
  const enter = useAction('app:enterPassphrase');
  const isRefused = hasCode(enter.error, 'passphrase-refused');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (passphrase !== '') enter.mutate({ passphrase });
  };
  return (
    <MessageScreen title="Enter your passphrase" icon="lock" tone="accent">
      <p className="wrap-anywhere">{reason}</p>
      <form className="stack" onSubmit={submit}>
        <PasswordField
          label="Passphrase"
          value={passphrase}
          onChange={(next) => {
            setPassphrase(next);
            if (enter.isError) enter.reset();
          }}
          autoComplete="current-password"
          maxLength={1024}
          autoFocus
          error={isRefused ? enter.error?.message : undefined}
        />
        {enter.error === null || isRefused ? null : <ErrorNote error={enter.error} />}
        <div>
          <Button variant="primary" type="submit" isDisabled={passphrase === ''} isPending={enter.isPending}>
            Open
          </Button>
        </div>
      </form>
    </MessageScreen>
  );
}
