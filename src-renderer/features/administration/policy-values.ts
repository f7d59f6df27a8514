// The values of the policy as the editor shows them: their names, kinds, bounds and words.
import { Policy } from '../../../src-shared/contract/index.ts';
import { counted, spanWords } from '../console/time-words.ts';

export type PolicyKey = keyof Policy;
type KeyOf<T> = { readonly [K in PolicyKey]: Policy[K] extends T ? K : never }[PolicyKey];
/** Those that are a number, as a count or a span of time. */
export type NumberKey = Exclude<KeyOf<number>, 'algorithm' | 'recoveryCodes'>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface Unit {
  readonly id: string;
  readonly label: string;
  /** How much of the stored value one of it is. */
  readonly size: number;
}

const minutes: Unit = { id: 'minutes', label: 'minutes', size: MINUTE_MS };
const hours: Unit = { id: 'hours', label: 'hours', size: HOUR_MS };
const days: Unit = { id: 'days', label: 'days', size: DAY_MS };
const spans: readonly Unit[] = [minutes, hours, days];
const one = (label: string): readonly Unit[] => [{ id: label, label, size: 1 }];

export interface NumberValue {
  readonly kind: 'number';
  readonly key: NumberKey;
  readonly name: string;
  readonly hint?: string;
  readonly units: readonly Unit[];
  /** What 0 means, where it means something of its own. */
  readonly zero?: string;
}

export interface OtherValue {
  readonly kind: 'algorithm' | 'recovery-codes';
  readonly key: 'algorithm' | 'recoveryCodes';
  readonly name: string;
  readonly hint?: string;
}

export type PolicyValue = NumberValue | OtherValue;

export interface PolicyGroup {
  readonly title: string;
  readonly description: string;
  readonly values: readonly PolicyValue[];
}

const number = (
  key: NumberKey,
  name: string,
  units: readonly Unit[],
  more: Pick<NumberValue, 'hint' | 'zero'> = {},
): NumberValue => ({ kind: 'number', key, name, units, ...more });

export const policyGroups: readonly PolicyGroup[] = [
  {
    title: 'Codes',
    description: 'Digits, period and algorithm hold for factors that are set up from then on.',
    values: [
      number('digits', 'Digits of a code', one('digits')),
      number('periodS', 'A code lives', one('seconds')),
      {
        kind: 'algorithm',
        key: 'algorithm',
        name: 'Algorithm',
        hint: 'Many authenticator apps know SHA-1 alone.',
      },
      number('windowSteps', 'Codes accepted on each side of the present one', one('codes'), {
        hint: 'For clocks that are a little off.',
      }),
      number('pendingFactorMs', 'A set-up is open for', spans),
      number('challengeMs', 'A sign-in waits for a code', spans),
      number('challengeWrongCodes', 'Wrong codes that end a sign-in', one('codes')),
    ],
  },
  {
    title: 'Limits against guessing',
    description: 'In force at once, for everyone. Each further lock within a day is twice as long.',
    values: [
      number('codeFailures', 'Wrong codes before a lock', one('codes')),
      number('passwordFailures', 'Wrong passwords that are let pass', one('passwords')),
      number('failureWindowMs', 'Counted within', spans),
      number('lockMs', 'Length of the first lock', spans),
      number('consecutiveCodeFailures', 'Wrong codes in a row that stop the factor', one('codes'), {
        hint: 'Until an administrator resets it.',
      }),
    ],
  },
  {
    title: 'Sessions and trusted browsers',
    description:
      'Shorter times hold at once, also for what is under way. Longer ones hold from the next sign-in on.',
    values: [
      number('sessionIdleMs', 'A session ends unused after', spans),
      number('sessionAbsoluteMs', 'A session ends in any case after', spans),
      number('trustMs', 'A browser is trusted for', spans),
      number('trustedBrowsersPerUser', 'Trusted browsers for each user', one('browsers'), {
        zero: 'nobody may trust a browser',
      }),
    ],
  },
  {
    title: 'Passwords and other ways in',
    description: 'Passwords and codes that people have already are not affected.',
    values: [
      number('passwordMinLength', 'A new password has at least', one('characters')),
      number('oneTimePasswordMs', 'A one-time password is valid for', spans),
      {
        kind: 'recovery-codes',
        key: 'recoveryCodes',
        name: 'Recovery codes',
        hint: 'Ten single-use codes that each user may make.',
      },
      number('breakGlassDelayMs', 'A break-glass code takes effect after', spans, {
        hint: 'For sets that are made from then on.',
      }),
    ],
  },
  {
    title: 'Audit',
    description: 'Older records are removed once a day. The last 1,000 always stay.',
    values: [number('auditRetentionDays', 'Records are kept for', one('days'), { zero: 'for ever' })],
  },
];

const values = policyGroups.flatMap((group) => group.values);

export const nameOf = (key: PolicyKey): string => values.find((value) => value.key === key)?.name ?? key;

/** The largest unit in which the value is a whole number. */
export const unitFor = (units: readonly Unit[], value: number): Unit =>
  units.toReversed().find(({ size }) => value !== 0 && value % size === 0) ?? units[0] ?? minutes;

function numberWords({ units, zero }: NumberValue, value: number): string {
  if (value === 0 && zero !== undefined) return `0, ${zero}`;
  const [unit] = units;
  if (unit === undefined || unit.size !== 1) return spanWords(value);
  return counted(value, unit.label.slice(0, -1));
}

/** A value in words: '30 minutes', '6 digits', 'SHA-1', 'on'. */
export function valueWords(policy: Policy, value: PolicyValue): string {
  switch (value.kind) {
    case 'number':
      return numberWords(value, policy[value.key]);
    case 'algorithm':
      return policy.algorithm;
    case 'recovery-codes':
      return policy.recoveryCodes ? 'on' : 'off';
  }
}

export const wordsOf = (policy: Policy, key: PolicyKey): string => {
  const value = values.find((one) => one.key === key);
  return value === undefined ? '' : valueWords(policy, value);
};

/** '6 digits to 8 digits', for a value that is out of its bounds; null: it is within. */
export function outOfBounds(value: NumberValue, candidate: number): string | null {
  const { shape } = Policy;
  const schema = shape[value.key];
  if (schema.safeParse(candidate).success) return null;
  const [least, most] = [schema.minValue ?? 0, schema.maxValue ?? 0];
  return `Between ${numberWords(value, least)} and ${numberWords(value, most)}.`;
}

/** What differs from the policy in force. */
export const changedKeys = (before: Policy, after: Policy): PolicyKey[] =>
  values.map(({ key }) => key).filter((key) => before[key] !== after[key]);

/** The changed values of a draft alone. */
export const editsOf = (policy: Policy, draft: Policy): Partial<Policy> =>
  changedKeys(policy, draft).reduce<Partial<Policy>>((edits, key) => ({ ...edits, [key]: draft[key] }), {});
