// Confirms an action on a user: each says what it ends and what the user meets next.
import { type ReactNode, useState } from 'react';
import type { Output, Unit, UserRow } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CodedDialog } from '../console/coded-dialog.tsx';
import { counted } from '../console/time-words.ts';
import { EditUserDialog } from './edit-user-dialog.tsx';
import { ExplainDialog } from './explain-dialog.tsx';
import { MakeAdministratorDialog } from './make-administrator-dialog.tsx';
import { OneTimePasswordDialog } from './one-time-password-dialog.tsx';
import type { UserAction } from './user-menu.tsx';

export interface UserActionDialogProps {
  readonly action: UserAction;
  /** As the list shows the user; what ends is said of the user as it is now. */
  readonly user: UserRow;
  readonly units: readonly Unit[];
  /** The administrator is one of a unit alone. */
  readonly isLimited: boolean;
  /** The administrator has a factor, so that a code is asked. */
  readonly isCodeAsked: boolean;
  readonly onClose: () => void;
}

/** What ends for the user, in one sentence: 'Ends 2 sessions and 1 trusted browser.' */
function endsWords({ liveSessions, trustedBrowsers }: UserRow): string {
  const ended = [
    ...(liveSessions === 0 ? [] : [counted(liveSessions, 'session')]),
    ...(trustedBrowsers === 0 ? [] : [counted(trustedBrowsers, 'trusted browser')]),
  ];
  return ended.length === 0
    ? 'No session and no trusted browser is affected.'
    : `Ends ${ended.join(' and ')}.`;
}

export function UserActionDialog(props: UserActionDialogProps): ReactNode {
  const { action, user: listed, units, isLimited, isCodeAsked, onClose } = props;
  const { data: user = listed } = useCall('administration:user', { userId: listed.id });
  const [issued, setIssued] = useState<Output<'administration:newOneTimePassword'> | null>(null);
  const name = user.displayName;
  const common = { isCodeAlwaysAsked: isCodeAsked, onClose };
  const onUser = (code: string | null) => ({ userId: user.id, code });
  const done = (message: string) => (): void => {
    showToast({ message, tone: 'right' });
    onClose();
  };

  switch (action) {
    case 'explain':
      return <ExplainDialog user={user} onClose={onClose} />;
    case 'edit':
      // Of the user as listed: a field must not change under the hands.
      return (
        <EditUserDialog
          user={listed}
          units={units}
          canMove={!isLimited}
          isCodeAsked={isCodeAsked}
          onClose={onClose}
        />
      );
    case 'reset-factor':
      return (
        <CodedDialog
          {...common}
          title={`Reset two-factor authentication of ${name}?`}
          method="administration:resetFactor"
          inputOf={onUser}
          confirmLabel="Reset"
          isDanger
          onDone={done(`Two-factor authentication of ${name} was reset.`)}
        >
          <p>
            {name} sets it up again at the next sign-in. Codes of the present device stop working at once.
          </p>
          <p className="muted">
            {endsWords(user)} Make sure that it is really {name} who asks for this.
          </p>
        </CodedDialog>
      );
    case 'reset-trusted-browsers':
      return (
        <CodedDialog
          {...common}
          title={`Reset trusted browsers of ${name}?`}
          method="administration:resetTrustedBrowsers"
          inputOf={onUser}
          confirmLabel="Reset"
          isDanger
          onDone={done(`No browser is trusted for ${name} any more.`)}
        >
          <p>
            Ends the trust of {counted(user.trustedBrowsers, 'browser')}. The next sign-in from each asks for
            a code again.
          </p>
        </CodedDialog>
      );
    case 'make-service-account':
      return (
        <CodedDialog
          {...common}
          title={`Make ${name} a service account?`}
          method="administration:setServiceAccount"
          inputOf={(code) => ({ ...onUser(code), isServiceAccount: true })}
          confirmLabel="Make service account"
          onDone={done(`${name} is a service account now.`)}
        >
          <p>
            A service account signs in with the password alone: for integrations that cannot answer a code
            prompt. A factor that was set up is kept.
          </p>
          <p className="muted">{endsWords(user)}</p>
        </CodedDialog>
      );
    case 'end-service-account':
      return (
        <CodedDialog
          {...common}
          title={`End the service account of ${name}?`}
          method="administration:setServiceAccount"
          inputOf={(code) => ({ ...onUser(code), isServiceAccount: false })}
          confirmLabel="End service account"
          onDone={done(`${name} is no service account any more.`)}
        >
          <p>Two-factor authentication is asked of {name} again, as of everyone else.</p>
        </CodedDialog>
      );
    case 'new-one-time-password':
      if (issued !== null) return <OneTimePasswordDialog {...issued} user={user} onClose={onClose} />;
      return (
        <CodedDialog
          {...common}
          title={`Issue a new password for ${name}?`}
          method="administration:newOneTimePassword"
          inputOf={onUser}
          confirmLabel="Issue"
          onDone={setIssued}
        >
          <p>
            {user.factor === 'service-account'
              ? 'The present password stops working at once. You see the new one this once.'
              : `The present password stops working at once. You see a one-time password this once; ${name} chooses a new one with it.`}
          </p>
          <p className="muted">{endsWords(user)}</p>
        </CodedDialog>
      );
    case 'make-administrator':
    case 'change-administered':
      return (
        <MakeAdministratorDialog user={listed} units={units} isCodeAsked={isCodeAsked} onClose={onClose} />
      );
    case 'make-user':
      return (
        <CodedDialog
          {...common}
          title={`Take the administrator role from ${name}?`}
          method="administration:setRole"
          inputOf={(code) => ({ ...onUser(code), role: 'user', administersUnitId: null })}
          confirmLabel="Take role"
          isDanger
          onDone={done(`${name} is a user now.`)}
        >
          <p>{name} keeps the account, but sees the own account alone from now on.</p>
        </CodedDialog>
      );
    case 'end-sessions':
      return (
        <CodedDialog
          {...common}
          title={`End sessions of ${name}?`}
          method="administration:endSessions"
          inputOf={onUser}
          confirmLabel="End sessions"
          isDanger
          onDone={done(`Sessions of ${name} were ended.`)}
        >
          <p>
            Ends {counted(user.liveSessions, 'session')} and sign-ins under way; your own present session goes
            on. Trusted browsers stay trusted.
          </p>
        </CodedDialog>
      );
    case 'unlock':
      return (
        <CodedDialog
          {...common}
          title={`Unlock ${name}?`}
          method="administration:unlock"
          inputOf={onUser}
          confirmLabel="Unlock"
          onDone={done(`${name} can try again.`)}
        >
          <p>Takes back the locks after wrong passwords and wrong codes. {name} can try again at once.</p>
        </CodedDialog>
      );
    case 'activate':
      return (
        <CodedDialog
          {...common}
          title={`Activate ${name}?`}
          method="administration:setActive"
          inputOf={(code) => ({ ...onUser(code), active: true })}
          confirmLabel="Activate"
          onDone={done(`${name} can sign in again.`)}
        >
          <p>{name} can sign in again, with the password and the factor of before.</p>
        </CodedDialog>
      );
    case 'deactivate':
      return (
        <CodedDialog
          {...common}
          title={`Deactivate ${name}?`}
          method="administration:setActive"
          inputOf={(code) => ({ ...onUser(code), active: false })}
          confirmLabel="Deactivate"
          isDanger
          onDone={done(`${name} cannot sign in any more.`)}
        >
          <p>{name} cannot sign in until activated again. Nothing of the account is deleted.</p>
          <p className="muted">{endsWords(user)}</p>
        </CodedDialog>
      );
    case 'delete':
      return (
        <CodedDialog
          {...common}
          title={`Delete ${name}?`}
          method="administration:deleteUser"
          inputOf={onUser}
          confirmLabel="Delete"
          isDanger
          onDone={done(`${name} was deleted.`)}
        >
          <p>
            The account of {name} is deleted for good, with its factor. What the audit says of it stays. To
            keep it for later, deactivate it instead.
          </p>
          <p className="muted">{endsWords(user)}</p>
        </CodedDialog>
      );
  }
}
