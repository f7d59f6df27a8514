// Turning two-factor authentication on or off for everyone: first what it would do (S19), then the decision (G1, G16).
import type { ReactNode } from 'react';
import type { BlastRadius } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CodedDialog } from '../console/coded-dialog.tsx';
import { counted } from '../console/time-words.ts';
import { NameList } from './name-list.tsx';

export interface TwoFactorDialogProps {
  readonly turnOn: boolean;
  /** The administrator has a factor, so that a code is asked. */
  readonly isCodeAsked: boolean;
  readonly onClose: () => void;
}

export function TwoFactorDialog({ turnOn, isCodeAsked, onClose }: TwoFactorDialogProps): ReactNode {
  const { data: radius, error, refetch } = useCall('administration:previewTwoFactor', { turnOn });
  return (
    <CodedDialog
      title={
        turnOn
          ? 'Turn on two-factor authentication for everyone'
          : 'Turn off two-factor authentication for everyone'
      }
      size="normal"
      method="administration:setTwoFactor"
      inputOf={(code) => ({ turnOn, code })}
      isCodeAlwaysAsked={isCodeAsked}
      confirmLabel={turnOn ? 'Turn on' : 'Turn off'}
      isDanger={!turnOn}
      isConfirmDisabled={radius === undefined}
      onDone={() => {
        showToast({
          message: turnOn
            ? 'Two-factor authentication is on for everyone.'
            : 'Two-factor authentication is off. Earlier set-ups are kept.',
          tone: 'right',
        });
        onClose();
      }}
      onClose={onClose}
    >
      <p className="muted">
        {turnOn
          ? 'From now on a sign-in asks for a code of an authenticator app. This is what happens to whom:'
          : 'Sign-in asks for the password alone. Earlier set-ups are kept, and asked for again when you turn it on.'}
      </p>
      {radius === undefined ? (
        error === null ? (
          <Skeleton rows={4} height={44} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Radius radius={radius} />
      )}
    </CodedDialog>
  );
}

function Radius({ radius }: { readonly radius: BlastRadius }): ReactNode {
  const { turnOn, willBeAsked, mustSetUp, serviceAccounts, blocked, inactive, liveSessions, warnings } =
    radius;
  return (
    <>
      {warnings.map((warning) => (
        <Note key={warning} tone="attention">
          {warning}
        </Note>
      ))}
      <ul className="name-lists" aria-label="What it does">
        {turnOn ? (
          <NameList
            icon="sparkle"
            tone="attention"
            title={
              mustSetUp.length === 0
                ? 'Nobody has to set it up'
                : `${counted(mustSetUp.length, 'user')} must set it up at the next sign-in`
            }
            names={mustSetUp}
          />
        ) : null}
        {turnOn ? (
          <NameList
            icon="shieldCheck"
            tone="right"
            title={
              willBeAsked.length === 0
                ? 'Nobody has set it up before'
                : `${counted(willBeAsked.length, 'user')} set up already, asked for a code`
            }
            names={willBeAsked}
          />
        ) : willBeAsked.length === 0 ? null : (
          <NameList
            icon="shield"
            tone="attention"
            title={`${counted(willBeAsked.length, 'user')} not asked for a code any more`}
            names={willBeAsked}
          />
        )}
        {serviceAccounts.length === 0 ? null : (
          <NameList
            icon="settings"
            title={`${counted(serviceAccounts.length, 'service account')}, with the password alone`}
            names={serviceAccounts}
          />
        )}
        {blocked.length === 0 ? null : (
          <NameList
            icon="wrong"
            tone="wrong"
            title={
              turnOn
                ? `${counted(blocked.length, 'user')} cannot sign in until you reset the factor`
                : `${counted(blocked.length, 'user')} with a blocked factor`
            }
            names={blocked}
          />
        )}
        {inactive.length === 0 ? null : (
          <NameList
            icon="person"
            title={`${counted(inactive.length, 'deactivated user')}, not affected`}
            names={inactive}
          />
        )}
        <NameList
          icon="clock"
          title={
            liveSessions <= 1
              ? 'Your own session goes on until it ends'
              : `${counted(liveSessions, 'session')} go on until they end, yours included`
          }
          names={[]}
        />
      </ul>
    </>
  );
}
