// One's own account: factor, trusted browsers, sessions, recent sign-ins, password.
import { type ReactNode, useState } from 'react';
import type { MyAccount, TrustedBrowser } from '../../../src-shared/contract/index.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ChangeMyPassword } from './change-my-password.tsx';
import { CodedDialog } from './coded-dialog.tsx';
import { ProveBackupDialog } from './prove-backup.tsx';
import { RecoveryCodesCard } from './recovery-codes-card.tsx';
import type { StepOf } from './screen-step.ts';
import { dateWords, daysLeftWords, exactTime, whenWords } from './time-words.ts';

export function MyAccountView({ step }: { readonly step: StepOf<'signed-in'> }): ReactNode {
  const { data: account, error, refetch } = useCall('console:myAccount', {});
  if (account === undefined) {
    return error === null ? (
      <Skeleton rows={3} height={120} />
    ) : (
      <ErrorNote error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <div className="account-grid">
      <div className="stack loose">
        <FactorCard step={step} account={account} />
        {account.factor === null ? null : <BackupCard provenAtMs={account.backupProvenAtMs} />}
        {account.factor === null || account.recoveryCodes === null ? null : (
          <RecoveryCodesCard step={step} recoveryCodes={account.recoveryCodes} />
        )}
        <TrustedBrowsersCard account={account} />
        <PasswordCard step={step} />
      </div>
      <div className="stack loose">
        <SessionsCard account={account} />
        <SignInsCard account={account} />
      </div>
    </div>
  );
}

interface FactorCardProps {
  readonly step: StepOf<'signed-in'>;
  readonly account: MyAccount;
}

function FactorCard({ step, account }: FactorCardProps): ReactNode {
  const [isResetting, setResetting] = useState(false);
  const { factor } = account;
  return (
    <Card
      title="Two-factor authentication"
      actions={
        factor === null ? (
          <Badge>Not set up</Badge>
        ) : (
          <Badge tone="right" withShape>
            Set up
          </Badge>
        )
      }
    >
      <div className="stack">
        {step.rollOutDeadlineMs === null ? null : (
          <Note tone="attention">
            Set it up by {exactTime(step.rollOutDeadlineMs)}: sign out and in again. Whoever has not set it up
            then is signed out.
          </Note>
        )}
        {factor === null ? (
          <p className="muted">
            {step.twoFactorOn
              ? `${step.organization} asks everyone for a second factor now. You stay signed in, and set it up at your next sign-in.`
              : `${step.organization} does not ask for a second factor. There is nothing to set up.`}
          </p>
        ) : (
          <>
            <dl className="facts">
              <dt>Added</dt>
              <dd>{whenWords(factor.addedAtMs)}</dd>
              <dt>Last used</dt>
              <dd>{whenWords(factor.lastUsedAtMs)}</dd>
            </dl>
            {step.twoFactorOn ? null : (
              <p className="muted">
                It is off for the organization now: sign-in asks for the password alone. Your set-up is kept.
              </p>
            )}
            <p className="muted small">
              Changing to another device? Reset with a code of the old one. It works until the new one has
              shown a right code.
            </p>
            <div>
              <Button onPress={() => setResetting(true)}>Reset two-factor authentication</Button>
            </div>
          </>
        )}
      </div>
      {isResetting ? (
        <CodedDialog
          title="Reset two-factor authentication"
          method="console:startReset"
          inputOf={(code) => ({ code: code ?? '' })}
          isCodeAlwaysAsked
          confirmLabel="Continue"
          onDone={() => setResetting(false)}
          onClose={() => setResetting(false)}
        >
          <p>
            You get a new QR code for the new device. Once it has shown a right code, the old device, your
            other sessions and all trusted browsers end.
          </p>
        </CodedDialog>
      ) : null}
    </Card>
  );
}

function BackupCard({ provenAtMs }: { readonly provenAtMs: number | null }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      title="Kept secret"
      description="The sheet, PDF or picture that you kept at set-up. A new device is set up from it."
      actions={
        provenAtMs === null ? (
          <Badge>Not proved</Badge>
        ) : (
          <Badge tone="right" withShape>
            Proved on {dateWords(provenAtMs)}
          </Badge>
        )
      }
    >
      <div className="stack">
        <p className="muted small">
          {provenAtMs === null
            ? 'Nobody knows whether it works until it was tried. A second authenticator app proves it in a minute.'
            : 'A second authenticator that was set up from it has shown a right code.'}
        </p>
        <div>
          <Button onPress={() => setOpen(true)}>
            {provenAtMs === null ? 'Prove that it works' : 'Prove it again'}
          </Button>
        </div>
      </div>
      {isOpen ? <ProveBackupDialog onDone={() => setOpen(false)} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
}

function TrustedBrowsersCard({ account }: { readonly account: MyAccount }): ReactNode {
  // Undefined: nothing asked; null: all of them.
  const [revoking, setRevoking] = useState<TrustedBrowser | null>();
  const browsers = account.trustedBrowsers;
  return (
    <Card
      title="Trusted browsers"
      description="No code is asked there. The password still is."
      {...(browsers.length > 1
        ? {
            actions: (
              <Button size="small" onPress={() => setRevoking(null)}>
                End all
              </Button>
            ),
          }
        : {})}
    >
      {browsers.length === 0 ? (
        <p className="muted">None. You can trust a browser when you enter a code at sign-in.</p>
      ) : (
        <ul className="line-list">
          {browsers.map((browser) => (
            <li key={browser.id} className="line">
              <div className="line-words">
                <p>
                  <span className="table-title">{browser.name}</span>{' '}
                  {browser.isThisBrowser ? <Badge>This browser</Badge> : null}
                </p>
                <p className="muted small">
                  First used {whenWords(browser.firstUsedAtMs)}, last used {whenWords(browser.lastUsedAtMs)},{' '}
                  {daysLeftWords(browser.expiresAtMs)}
                </p>
              </div>
              <Button
                size="small"
                onPress={() => setRevoking(browser)}
                aria-label={`End trust of ${browser.name}`}
              >
                End trust
              </Button>
            </li>
          ))}
        </ul>
      )}
      {revoking === undefined ? null : (
        <CodedDialog
          title={revoking === null ? 'End the trust of all browsers' : `End the trust of ${revoking.name}`}
          method="console:revokeTrustedBrowsers"
          inputOf={(code) => ({ id: revoking?.id ?? null, code: code ?? '' })}
          isCodeAlwaysAsked
          confirmLabel="End trust"
          isDanger
          onDone={() => {
            setRevoking(undefined);
            showToast({ message: 'Trust ended. A code is asked there from now on.', tone: 'right' });
          }}
          onClose={() => setRevoking(undefined)}
        >
          <p>
            {revoking === null
              ? `The next sign-in from each of these ${browsers.length} browsers asks for a code again.`
              : 'The next sign-in from there asks for a code again.'}
          </p>
        </CodedDialog>
      )}
    </Card>
  );
}

function PasswordCard({ step }: { readonly step: StepOf<'signed-in'> }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title="Password" description="A new password ends your other sessions and all trusted browsers.">
      <Button onPress={() => setOpen(true)}>Change password</Button>
      {isOpen ? <ChangeMyPassword step={step} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
}

function SessionsCard({ account }: { readonly account: MyAccount }): ReactNode {
  const end = useAction('console:endMySession');
  return (
    <Card
      title="Sessions"
      description="Where you are signed in now."
      {...(account.sessions.length > 1
        ? {
            actions: (
              <Button
                size="small"
                onPress={() => end.mutate({ id: null })}
                isPending={end.isPending && end.variables.id === null}
              >
                End all others
              </Button>
            ),
          }
        : {})}
    >
      <div className="stack">
        <ul className="line-list">
          {account.sessions.map((session) => (
            <li key={session.id} className="line">
              <div className="line-words">
                <p>
                  <span className="table-title">{session.browser}</span>{' '}
                  {session.isThisSession ? <Badge>This session</Badge> : null}
                </p>
                <p className="muted small">
                  Since {whenWords(session.startedAtMs)}, last used {whenWords(session.lastUsedAtMs)}
                </p>
              </div>
              {session.isThisSession ? null : (
                <Button
                  size="small"
                  onPress={() => end.mutate({ id: session.id })}
                  isPending={end.isPending && end.variables.id === session.id}
                  aria-label={`End the session in ${session.browser}`}
                >
                  End
                </Button>
              )}
            </li>
          ))}
        </ul>
        {end.error === null ? null : <ErrorNote error={end.error} />}
      </div>
    </Card>
  );
}

function SignInsCard({ account }: { readonly account: MyAccount }): ReactNode {
  return (
    <Card title="Recent sign-ins" description="If one was not you, change your password.">
      {account.recentSignIns.length === 0 ? (
        <p className="muted">None yet.</p>
      ) : (
        <ul className="line-list">
          {account.recentSignIns.map((signIn, index) => (
            // The list is replaced as a whole and two sign-ins may share a millisecond.
            <li key={`${signIn.atMs} ${index}`} className="line">
              <div className="line-words">
                <p>{signIn.browser}</p>
                <p className="muted small">{whenWords(signIn.atMs)}</p>
              </div>
              <Badge tone={signIn.outcome === 'signed in' ? 'neutral' : 'attention'}>
                {signIn.outcome.charAt(0).toUpperCase() + signIn.outcome.slice(1)}
              </Badge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
