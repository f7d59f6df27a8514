// "I can't use my device": the ways of G9–G11 in plain words, and which of them are open to this user.
import type { ReactNode } from 'react';
import type { LostDevice } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { ConsoleCard } from './console-frame.tsx';
import type { StepOf } from './screen-step.ts';
import { counted, dateWords, whenWords } from './time-words.ts';

export interface LostDeviceScreenProps {
  readonly step: StepOf<'code'>;
  readonly onBack: () => void;
  readonly onRecovery: () => void;
  readonly onBreakGlass: () => void;
}

export function LostDeviceScreen(props: LostDeviceScreenProps): ReactNode {
  const { step, onBack, onRecovery, onBreakGlass } = props;
  const { data: ways, error, refetch } = useCall('console:lostDevice', {});
  return (
    <ConsoleCard
      title="When you can’t use your device"
      intro="These are the ways on. Your password was right, so nothing has to be changed about it."
      takesFocus
    >
      {ways === undefined ? (
        error === null ? (
          <Skeleton rows={3} height={64} />
        ) : (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Ways step={step} ways={ways} onRecovery={onRecovery} onBreakGlass={onBreakGlass} />
      )}
      <div className="console-foot">
        <Button onPress={onBack}>Back to the code</Button>
      </div>
    </ConsoleCard>
  );
}

const namesList = new Intl.ListFormat('en-GB', { type: 'disjunction' });

function Ways(props: Omit<LostDeviceScreenProps, 'onBack'> & { readonly ways: LostDevice }): ReactNode {
  const { step, ways, onRecovery, onBreakGlass } = props;
  const hasTrusted = ways.trustedBrowsers.length > 0;
  const hasAdministrators = ways.administrators.length > 0;
  return (
    <ol className="ways" aria-label="Ways on">
      <Way
        title="From a browser that you trust"
        badge={<Openness isOpen={hasTrusted} />}
        words={
          hasTrusted
            ? 'Sign in there. No code is asked.'
            : 'You trust no browser yet. You can trust one when you enter a code at sign-in.'
        }
      >
        {hasTrusted ? (
          <ul className="way-list" aria-label="Trusted browsers">
            {ways.trustedBrowsers.map((browser) => (
              <li key={`${browser.name} ${browser.lastUsedAtMs}`}>
                {browser.name}, <span className="muted">last used {whenWords(browser.lastUsedAtMs)}</span>
              </li>
            ))}
          </ul>
        ) : null}
      </Way>
      <Way
        title="With the QR code or secret that you kept"
        badge={
          ways.backupProvenAtMs === null ? (
            <Badge>If you kept it</Badge>
          ) : (
            <Badge tone="right" withShape>
              Proved on {dateWords(ways.backupProvenAtMs)}
            </Badge>
          )
        }
        words="Set up a new device from it: scan the code or type the secret into any authenticator app. Its codes work here at once."
      />
      <Way
        title="With an administrator"
        badge={<Openness isOpen={hasAdministrators} />}
        words={
          hasAdministrators
            ? `Ask ${namesList.format(ways.administrators)} to reset your two-factor authentication. You set it up again at your next sign-in.`
            : 'There is no other administrator who could reset your two-factor authentication.'
        }
      />
      {ways.recoveryCodesLeft === null ? null : (
        <Way
          title="With a recovery code"
          badge={
            <Badge tone="right" withShape>
              {ways.recoveryCodesLeft} left
            </Badge>
          }
          words={`You have ${counted(ways.recoveryCodesLeft, 'unused code')} on paper or in a file. Each one signs you in once.`}
        >
          <div>
            <Button onPress={onRecovery}>Enter a recovery code</Button>
          </div>
        </Way>
      )}
      {step.breakGlass ? (
        <Way
          title="With a break-glass code"
          badge={<Badge tone="attention">After a delay</Badge>}
          words={`For when no administrator of ${step.organization} has a device any more. Every administrator is told of it.`}
        >
          <div>
            <Button onPress={onBreakGlass}>Use a break-glass code</Button>
          </div>
        </Way>
      ) : null}
    </ol>
  );
}

function Openness({ isOpen }: { readonly isOpen: boolean }): ReactNode {
  return isOpen ? (
    <Badge tone="right" withShape>
      Open to you
    </Badge>
  ) : (
    <Badge>Not open to you</Badge>
  );
}

interface WayProps {
  readonly title: string;
  readonly badge: ReactNode;
  readonly words: string;
  readonly children?: ReactNode;
}

function Way({ title, badge, words, children }: WayProps): ReactNode {
  return (
    <li className="way">
      <div className="cluster between">
        <h2>{title}</h2>
        {badge}
      </div>
      <p className="muted">{words}</p>
      {children}
    </li>
  );
}
