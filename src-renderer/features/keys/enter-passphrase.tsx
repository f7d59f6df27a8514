// The lock screen: asks for the passphrase that the data was sealed with, and says what a forgotten one means.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { MessageScreen } from '../../app/message-screen.tsx';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { PasswordField } from '../../ui/text-field.tsx';
import { ForgottenPassphrase } from './forgotten-passphrase.tsx';
import './keys.css';
import { useWait } from './use-wait.ts';

export interface EnterPassphraseProps {
  readonly reason: string;
  readonly dataFolder: string;
}

export function EnterPassphrase({ reason, dataFolder }: EnterPassphraseProps): ReactNode {
  const [passphrase, setPassphrase] = useState('');
  const [isForgotten, setForgotten] = useState(false);
  const enter = useAction('app:enterPassphrase');
  const wait = useWait();
  const isRefused = hasCode(enter.error, 'passphrase-refused');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (passphrase === '' || wait.seconds > 0) return;
    enter.mutate({ passphrase }, { onError: wait.beginAfter });
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
        <div className="cluster">
          <Button
            variant="primary"
            type="submit"
            isDisabled={passphrase === '' || wait.seconds > 0}
            isPending={enter.isPending}
          >
            Open
          </Button>
          <Button variant="quiet" onPress={() => setForgotten(true)}>
            Forgot the passphrase?
          </Button>
        </div>
        {wait.seconds > 0 ? (
          <p className="key-wait" role="timer">
            Wait {wait.seconds} {wait.seconds === 1 ? 'second' : 'seconds'} before the next try.
          </p>
        ) : null}
      </form>
      {isForgotten ? (
        <ForgottenPassphrase dataFolder={dataFolder} onClose={() => setForgotten(false)} />
      ) : null}
    </MessageScreen>
  );
}
