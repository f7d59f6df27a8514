// The first sign-in with a one-time password: a password of the person's own takes its place.
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react';
import { failureMessage, hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import type { StepOf } from './screen-step.ts';
import { useMinutesLeft } from './use-minutes-left.ts';

export interface ChangePasswordProps {
  readonly step: StepOf<'change-password'>;
  readonly onRefused: (error: unknown) => void;
}

export function ChangePassword({ step, onRefused }: ChangePasswordProps): ReactNode {
  const change = useAction('console:changePassword');
  const cancel = useAction('console:cancelSignIn');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  useMinutesLeft(step.expiresAtMs);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (password === '') {
      setError('Choose a password.');
      input.current?.focus();
      return;
    }
    change.mutate(
      { newPassword: password },
      {
        onError: (failure) => {
          if (hasCode(failure, 'password-refused')) {
            setError(failureMessage(failure));
            input.current?.focus();
          } else onRefused(failure);
        },
      },
    );
  };

  const isOther = change.error !== null && !hasCode(change.error, 'password-refused');
  return (
    <ConsoleCard
      title="Choose your own password"
      intro={`Welcome, ${step.person.displayName}. You signed in with a one-time password, which ends now.`}
      width="narrow"
    >
      <form className="stack" onSubmit={submit} noValidate>
        <input
          className="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          autoComplete="username"
          readOnly
          value={step.person.userName}
        />
        <NewPasswordField
          label="New password"
          value={password}
          onChange={(value) => {
            setPassword(value);
            setError(undefined);
          }}
          about={[step.person.userName, step.person.displayName, step.organization]}
          error={error}
          autoFocus
          inputRef={input}
        />
        {isOther ? <ErrorNote error={change.error} /> : null}
        <div className="console-foot">
          <Button onPress={() => cancel.mutate({})} isPending={cancel.isPending}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={change.isPending}>
            Change password
          </Button>
        </div>
      </form>
    </ConsoleCard>
  );
}
