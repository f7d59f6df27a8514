// The values of a policy as reports and messages name them.
import { Policy } from '../../../src-shared/contract/index.ts';
import { defaultPolicy } from '../../console/policy.ts';
import { spanWords } from '../actions/time-actions.ts';

export type PolicyKey = keyof Policy;
type Value = Policy[PolicyKey];

interface PolicyName {
  readonly name: string;
  /** Milliseconds, or what is counted; absent for what is no number. */
  readonly unit?: string;
  /** What 0 means, where it means something of its own. */
  readonly zero?: string;
}

const MS = 'ms';

/** In the order and with the names of the policy's editor. */
const names: Readonly<Record<PolicyKey, PolicyName>> = {
  digits: { name: 'Digits of a code', unit: 'digit' },
  periodS: { name: 'A code lives', unit: 'second' },
  algorithm: { name: 'Algorithm' },
  windowSteps: { name: 'Codes accepted on each side of the present one', unit: 'code' },
  pendingFactorMs: { name: 'A set-up is open for', unit: MS },
  challengeMs: { name: 'A sign-in waits for a code', unit: MS },
  challengeWrongCodes: { name: 'Wrong codes that end a sign-in', unit: 'code' },
  codeFailures: { name: 'Wrong codes before a lock', unit: 'code' },
  passwordFailures: { name: 'Wrong passwords that are let pass', unit: 'password' },
  failureWindowMs: { name: 'Counted within', unit: MS },
  lockMs: { name: 'Length of the first lock', unit: MS },
  consecutiveCodeFailures: { name: 'Wrong codes in a row that stop the factor', unit: 'code' },
  sessionIdleMs: { name: 'A session ends unused after', unit: MS },
  sessionAbsoluteMs: { name: 'A session ends in any case after', unit: MS },
  trustMs: { name: 'A browser is trusted for', unit: MS },
  trustedBrowsersPerUser: {
    name: 'Trusted browsers for each user',
    unit: 'browser',
    zero: 'nobody may trust a browser',
  },
  passwordMinLength: { name: 'A new password has at least', unit: 'character' },
  oneTimePasswordMs: { name: 'A one-time password is valid for', unit: MS },
  recoveryCodes: { name: 'Recovery codes' },
  breakGlassDelayMs: { name: 'A break-glass code takes effect after', unit: MS },
  auditRetentionDays: { name: 'Records are kept for', unit: 'day', zero: 'for ever' },
};

export const isPolicyKey = (key: string): key is PolicyKey => Object.hasOwn(names, key);
export const policyKeys: readonly PolicyKey[] = Object.keys(names).filter(isPolicyKey);

export const policyName = (key: PolicyKey): string => names[key].name;

/** '30 minutes', '6 digits', 'SHA-1', 'on'. */
export function valueWords(key: PolicyKey, value: Value): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value;
  const { unit = '', zero } = names[key];
  if (value === 0 && zero !== undefined) return `0, ${zero}`;
  return unit === MS ? spanWords(value / 1000) : `${value} ${unit}${value === 1 ? '' : 's'}`;
}

/** What the schema lets the value be: 'a whole number from 60000 to 86400000 (1 minute to 1 day)'. */
export function boundsWords(key: PolicyKey): string {
  if (key === 'algorithm') return `one of ${Policy.shape.algorithm.options.join(', ')}`;
  if (key === 'recoveryCodes') return 'true or false';
  const { minValue, maxValue } = Policy.shape[key];
  const [least, most] = [minValue ?? 0, maxValue ?? 0];
  const meaning = names[key].unit === MS ? ` (${valueWords(key, least)} to ${valueWords(key, most)})` : '';
  return `a whole number from ${least} to ${most}${meaning}`;
}

export interface PolicyRow {
  readonly key: PolicyKey;
  readonly name: string;
  readonly value: string;
  readonly byDefault: string;
  readonly isDefault: boolean;
}

/** Every value, in the order of the editor. */
export const policyRows = (policy: Policy): PolicyRow[] =>
  policyKeys.map((key) => ({
    key,
    name: policyName(key),
    value: valueWords(key, policy[key]),
    byDefault: valueWords(key, defaultPolicy[key]),
    isDefault: policy[key] === defaultPolicy[key],
  }));

/** 'lockMs 10 minutes' for each value in which `policy` is another than `base`. */
export const policyDifferences = (policy: Policy, base: Policy): string[] =>
  policyKeys
    .filter((key) => policy[key] !== base[key])
    .map((key) => `${key} ${valueWords(key, policy[key])} instead of ${valueWords(key, base[key])}`);

/** 'the defaults.' or 'the defaults, but lockMs 10 minutes instead of 5 minutes.' */
export const policySentence = (differences: readonly string[], base: string): string =>
  differences.length === 0 ? `${base}.` : `${base}, but ${differences.join(', ')}.`;
