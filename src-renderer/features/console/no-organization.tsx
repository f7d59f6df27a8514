// The first screen of a new console: create an organization, or try a sample one; over the network, that there is none.
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react';
import { DisplayName, OrganizationName, UserName } from '../../../src-shared/contract/index.ts';
import { failureMessage, hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { suggestUserName } from './suggest-user-name.ts';

type FieldName = 'organization' | 'displayName' | 'userName' | 'password';
type Errors = Partial<Record<FieldName, string>>;

export interface NoOrganizationProps {
  readonly onSample: () => void;
  readonly isSamplePending: boolean;
  readonly sampleError: unknown;
}

/** Over the network nobody creates one: whoever came first would be its administrator. */
export const NothingToSignInTo = (): ReactNode => (
  <ConsoleCard title="There is no organization yet" takesFocus>
    <p>
      Nobody can sign in here until one is created. Whoever runs the server does that on the server itself,
      with <span className="mono">twofold serve</span>.
    </p>
  </ConsoleCard>
);

export function NoOrganization({ onSample, isSamplePending, sampleError }: NoOrganizationProps): ReactNode {
  const create = useAction('console:createOrganization');
  const [organization, setOrganization] = useState('');
  const [displayName, setDisplayName] = useState('');
  // Null until the person types one of their own: then it follows the name.
  const [ownUserName, setOwnUserName] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<Errors>({});
  const organizationInput = useRef<HTMLInputElement>(null);
  const displayNameInput = useRef<HTMLInputElement>(null);
  const userNameInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const userName = ownUserName ?? suggestUserName(displayName);

  const clear = (field: FieldName): void => setErrors((before) => ({ ...before, [field]: undefined }));
  const focusFirst = (found: Errors): void => {
    if (found.organization !== undefined) organizationInput.current?.focus();
    else if (found.displayName !== undefined) displayNameInput.current?.focus();
    else if (found.userName !== undefined) userNameInput.current?.focus();
    else if (found.password !== undefined) passwordInput.current?.focus();
  };

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const found: Errors = {
      ...(OrganizationName.safeParse(organization).success ? {} : { organization: 'Enter a name.' }),
      ...(DisplayName.safeParse(displayName).success ? {} : { displayName: 'Enter your name.' }),
      ...(UserName.safeParse(userName).success
        ? {}
        : {
            userName:
              userName === '' ? 'Enter a user name.' : 'Use letters, digits and . _ - @, without spaces.',
          }),
      ...(password === '' ? { password: 'Choose a password.' } : {}),
    };
    setErrors(found);
    if (Object.keys(found).length > 0) {
      focusFirst(found);
      return;
    }
    create.mutate(
      { organization: organization.trim(), displayName: displayName.trim(), userName, password },
      {
        onError: (error) => {
          if (!hasCode(error, 'password-refused')) return;
          setErrors({ password: failureMessage(error) });
          passwordInput.current?.focus();
        },
      },
    );
  };

  const failure =
    create.error !== null && !hasCode(create.error, 'password-refused') ? create.error : sampleError;
  return (
    <ConsoleCard
      title="Create an organization"
      intro="The console is a sign-in service that runs on this computer alone. You become its first administrator."
    >
      <form className="stack" onSubmit={submit} noValidate>
        <TextField
          label="Organization name"
          value={organization}
          onChange={(value) => {
            setOrganization(value);
            clear('organization');
          }}
          error={errors.organization}
          autoFocus
          autoComplete="organization"
          maxLength={80}
          inputRef={organizationInput}
        />
        <div className="form-pair">
          <TextField
            label="Your name"
            value={displayName}
            onChange={(value) => {
              setDisplayName(value);
              clear('displayName');
            }}
            error={errors.displayName}
            autoComplete="name"
            maxLength={100}
            inputRef={displayNameInput}
          />
          <TextField
            label="User name"
            value={userName}
            onChange={(value) => {
              setOwnUserName(value);
              clear('userName');
            }}
            error={errors.userName}
            hint="You sign in with this."
            autoComplete="username"
            maxLength={64}
            inputRef={userNameInput}
          />
        </div>
        <NewPasswordField
          label="Password"
          value={password}
          onChange={(value) => {
            setPassword(value);
            clear('password');
          }}
          about={[organization, displayName, userName]}
          error={errors.password}
          inputRef={passwordInput}
        />
        {failure === null || failure === undefined ? null : <ErrorNote error={failure} />}
        <div className="console-foot">
          <Button type="submit" variant="primary" isPending={create.isPending} isDisabled={isSamplePending}>
            Create organization
          </Button>
        </div>
      </form>
      <div className="console-or">
        <div>
          <h2>Only looking around?</h2>
          <p className="muted small">Six people and a service account, each with a one-time password.</p>
        </div>
        <Button onPress={onSample} isPending={isSamplePending} isDisabled={create.isPending}>
          Try a sample organization
        </Button>
      </div>
    </ConsoleCard>
  );
}
