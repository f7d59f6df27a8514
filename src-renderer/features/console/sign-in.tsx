// Sign-in: user name and password. What was typed stays after a refusal, but for the password.
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import { PasswordField, TextField } from '../../ui/text-field.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { refusalWords } from './refusal-words.ts';
import type { Farewell } from './use-farewell.ts';

export interface SignInProps {
  readonly organization: string;
  /** Why this browser is not signed in any more. */
  readonly farewell: Farewell | null;
  /** Whose session has ended; empty where nobody is expected. */
  readonly expectedUserName: string;
  readonly onAnswered: () => void;
}

export function SignIn(props: SignInProps): ReactNode {
  const { organization, farewell, expectedUserName, onAnswered } = props;
  const signIn = useAction('console:signIn');
  const [userName, setUserName] = useState(expectedUserName);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<{ userName?: string; password?: string }>({});
  const userNameInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const isNamed = userName.trim() !== '';
    setMissing({
      ...(isNamed ? {} : { userName: 'Enter your user name.' }),
      ...(password === '' ? { password: 'Enter your password.' } : {}),
    });
    if (!isNamed || password === '') {
      (isNamed ? passwordInput : userNameInput).current?.focus();
      return;
    }
    onAnswered();
    signIn.mutate(
      { userName: userName.trim(), password },
      {
        onError: () => {
          setPassword('');
          passwordInput.current?.focus();
        },
      },
    );
  };

  return (
    <ConsoleCard title="Sign in" intro={`to ${organization}`} width="narrow">
      <form className="stack" onSubmit={submit} noValidate>
        {farewell === null ? null : <Note tone={farewell.tone}>{farewell.message}</Note>}
        <TextField
          label="User name"
          value={userName}
          onChange={(value) => {
            setUserName(value);
            setMissing({});
          }}
          error={missing.userName}
          autoFocus={expectedUserName === ''}
          autoComplete="username"
          maxLength={200}
          inputRef={userNameInput}
        />
        <PasswordField
          label="Password"
          value={password}
          onChange={(value) => {
            setPassword(value);
            setMissing({});
          }}
          error={missing.password}
          autoFocus={expectedUserName !== ''}
          autoComplete="current-password"
          maxLength={1024}
          inputRef={passwordInput}
        />
        {signIn.error === null ? null : <ErrorNote error={refusalWords(signIn.error)} />}
        <Button type="submit" variant="primary" wide isPending={signIn.isPending}>
          Sign in
        </Button>
      </form>
      <p className="muted small">
        Forgotten your password? An administrator can give you a new one-time password.
      </p>
    </ConsoleCard>
  );
}
