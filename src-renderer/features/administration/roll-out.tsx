// Two-factor authentication for the organization: how far everyone is, or that it is off and how to turn it on.
import { type ReactNode, useState } from 'react';
import type { Directory } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ShareRing } from '../../ui/ring.tsx';
import type { StepOf } from '../console/screen-step.ts';
import { counted, dateWords, whenWords } from '../console/time-words.ts';
import { RollOutDialog } from './roll-out-dialog.tsx';
import { TwoFactorDialog } from './two-factor-dialog.tsx';

export interface RollOutProps {
  readonly step: StepOf<'signed-in'>;
  readonly directory: Directory;
}

export function RollOut({ step, directory }: RollOutProps): ReactNode {
  const [open, setOpen] = useState<'switch' | 'roll-out' | null>(null);
  const { twoFactorOn, counts, twoFactorChangedAtMs, rollOutDeadlineMs } = directory;
  const close = (): void => setOpen(null);
  return (
    <Card>
      {twoFactorOn ? (
        <div className="roll-out">
          <Progress counts={counts} sinceMs={twoFactorChangedAtMs} deadlineMs={rollOutDeadlineMs} />
          <div className="cluster">
            <Button onPress={() => setOpen('roll-out')}>
              {isComplete(counts) ? 'Roll-out' : 'Who is missing'}
            </Button>
            <Button onPress={() => setOpen('switch')}>Turn off…</Button>
          </div>
        </div>
      ) : (
        <div className="roll-out">
          <span className="roll-out-icon">
            <Icon name="shield" size={26} />
          </span>
          <div className="roll-out-words">
            <h3 className="roll-out-title">Two-factor authentication is off</h3>
            <p className="muted">
              Everyone signs in with the password alone. You see who is affected before anything changes.
            </p>
          </div>
          <Button variant="primary" onPress={() => setOpen('switch')}>
            Turn on for everyone…
          </Button>
        </div>
      )}
      {open === 'switch' ? (
        <TwoFactorDialog turnOn={!twoFactorOn} isCodeAsked={step.factorSetUp} onClose={close} />
      ) : null}
      {open === 'roll-out' ? <RollOutDialog isCodeAsked={step.factorSetUp} onClose={close} /> : null}
    </Card>
  );
}

type UserCounts = Directory['counts'];

/** Those of whom a factor is expected: active people. The counts by factor are of the active alone. */
const expected = ({ setUp, pending, blocked, notSetUp }: UserCounts): number =>
  setUp + pending + blocked + notSetUp;
const isComplete = ({ pending, notSetUp }: UserCounts): boolean => pending + notSetUp === 0;

interface ProgressProps {
  readonly counts: UserCounts;
  readonly sinceMs: number | null;
  readonly deadlineMs: number | null;
}

function Progress({ counts, sinceMs, deadlineMs }: ProgressProps): ReactNode {
  const all = Math.max(1, expected(counts));
  const parts = [
    { id: 'set-up', count: counts.setUp, words: `${counts.setUp} set up` },
    { id: 'pending', count: counts.pending, words: `${counts.pending} pending` },
    { id: 'blocked', count: counts.blocked, words: `${counts.blocked} blocked` },
    { id: 'not-set-up', count: counts.notSetUp, words: `${counts.notSetUp} not set up` },
  ].filter((part) => part.count > 0 || part.id === 'set-up');
  return (
    <>
      <ShareRing share={counts.setUp / all} />
      <div className="roll-out-words narrow">
        <h3 className="roll-out-title">
          {counts.setUp.toLocaleString('en-GB')} of {expected(counts).toLocaleString('en-GB')} set up
        </h3>
        <p className="muted">
          {sinceMs === null ? 'On' : `On since ${dateWords(sinceMs)}`}
          {deadlineMs === null ? '' : `, deadline ${whenWords(deadlineMs)}`}
        </p>
      </div>
      <div className="roll-out-bar">
        <div className="stacked-bar" aria-hidden="true">
          {parts.map((part) => (
            <span key={part.id} className={`stacked-part ${part.id}`} style={{ flexGrow: part.count }} />
          ))}
        </div>
        <ul className="roll-out-counts">
          {parts.map((part) => (
            <li key={part.id}>
              <span className={`roll-out-dot ${part.id}`} aria-hidden="true" />
              {part.words}
            </li>
          ))}
          {counts.serviceAccounts === 0 ? null : (
            <li>{counted(counts.serviceAccounts, 'service account')}</li>
          )}
        </ul>
      </div>
    </>
  );
}
