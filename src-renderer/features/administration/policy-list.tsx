// The rules of the console in plain words.
import type { ReactNode } from 'react';
import type { Policy } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { counted, spanWords } from '../console/time-words.ts';
import './administration.css';

interface Rule {
  readonly name: string;
  readonly value: string;
  readonly why?: string;
}

interface RuleGroup {
  readonly title: string;
  readonly rules: readonly Rule[];
}

function windowWords(steps: number): string {
  if (steps === 0) return 'The present one alone';
  return steps === 1 ? 'The present one and one each side' : `The present one and ${steps} each side`;
}

const groupsOf = (policy: Policy): readonly RuleGroup[] => [
  {
    title: 'Codes',
    rules: [
      {
        name: 'A code has',
        value: `${counted(policy.digits, 'digit')} and lives ${spanWords(policy.periodS * 1000)}`,
        why: `${policy.algorithm}, which every authenticator app supports`,
      },
      {
        name: 'Codes taken',
        value: windowWords(policy.windowSteps),
        why: 'for clocks that are a little off',
      },
      {
        name: 'Set-up is open for',
        value: spanWords(policy.pendingFactorMs),
        why: 'with the same QR code and secret all the while',
      },
      {
        name: 'A code must come within',
        value: spanWords(policy.challengeMs),
        why: `a sign-in ends after ${counted(policy.challengeWrongCodes, 'wrong code')}`,
      },
    ],
  },
  {
    title: 'Limits against guessing',
    rules: [
      {
        name: 'Wrong codes',
        value: `${policy.codeFailures} in ${spanWords(policy.failureWindowMs)}`,
        why: `then locked for ${spanWords(policy.lockMs)}, counted per user; each further lock within a day is twice as long`,
      },
      {
        name: 'Wrong codes in a row',
        value: `${policy.consecutiveCodeFailures} stop the factor`,
        why: 'until an administrator resets it',
      },
      {
        name: 'Wrong passwords',
        value: `${policy.passwordFailures} in ${spanWords(policy.failureWindowMs)}`,
        why: `then locked for ${spanWords(policy.lockMs)}`,
      },
    ],
  },
  {
    title: 'Trusted browsers',
    rules: [
      { name: 'Trusted for', value: spanWords(policy.trustMs), why: 'from the sign-in that trusts it' },
      { name: 'At most', value: `${counted(policy.trustedBrowsersPerUser, 'browser')} for each user` },
    ],
  },
  {
    title: 'Sessions',
    rules: [
      { name: 'End unused after', value: spanWords(policy.sessionIdleMs), why: 'warned a minute before' },
      { name: 'End in any case after', value: spanWords(policy.sessionAbsoluteMs) },
    ],
  },
  {
    title: 'Passwords',
    rules: [
      {
        name: 'Length',
        value: `${counted(policy.passwordMinLength, 'character')} at least`,
        why: 'weak ones are refused; there are no rules of composition',
      },
      {
        name: 'One-time passwords work for',
        value: spanWords(policy.oneTimePasswordMs),
        why: 'and are changed at the first sign-in',
      },
    ],
  },
];

export function PolicyList(): ReactNode {
  const { data: policy, error, refetch } = useCall('administration:policy', {});
  if (policy === undefined) {
    return error === null ? (
      <Skeleton rows={4} height={90} />
    ) : (
      <ErrorNote error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <div className="stack">
      <div className="section-head">
        <h2>Policy</h2>
        <p className="muted">These are the rules in force for everyone.</p>
      </div>
      <div className="policy-grid">
        {groupsOf(policy).map((group) => (
          <Card key={group.title} title={group.title}>
            <dl className="rules">
              {group.rules.map((rule) => (
                <div key={rule.name} className="rule">
                  <dt>{rule.name}</dt>
                  <dd>
                    <span className="table-title">{rule.value}</span>
                    {rule.why === undefined ? null : <span className="table-subtitle">{rule.why}</span>}
                  </dd>
                </div>
              ))}
            </dl>
          </Card>
        ))}
      </div>
    </div>
  );
}
