// The policy of the console: every number of the rules, once, with its default. An administrator may set them.
import { type Policy, TwofoldError } from '../../src-shared/contract/index.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const defaultPolicy: Policy = {
  digits: 6,
  periodS: 30,
  algorithm: 'SHA-1',
  windowSteps: 1,
  passwordFailures: 10,
  codeFailures: 5,
  failureWindowMs: 15 * MINUTE,
  lockMs: 5 * MINUTE,
  consecutiveCodeFailures: 100,
  trustMs: 30 * DAY,
  trustedBrowsersPerUser: 10,
  pendingFactorMs: 20 * MINUTE,
  challengeMs: 5 * MINUTE,
  challengeWrongCodes: 5,
  sessionIdleMs: 30 * MINUTE,
  sessionAbsoluteMs: 12 * HOUR,
  oneTimePasswordMs: 7 * DAY,
  passwordMinLength: 9,
  recoveryCodes: false,
  breakGlassDelayMs: DAY,
  auditRetentionDays: 0,
};

/** Length of a new shared secret: RFC 4226 section 4, R6 recommends 160 bits. */
export const SECRET_BYTES = 20;
/** Locks that lie within this span make the next one longer; no lock is longer than it. */
export const ESCALATION_MS = DAY;
/** How long a browser is known as one that has completed a sign-in before (S7). */
export const DEVICE_MS = 365 * DAY;
/** How long the keep-your-secret screen can be come back to. */
export const KEEP_SECRET_MS = 20 * MINUTE;
/** A session's last use is written down no more often than this, so that reading costs no disk write. */
export const SESSION_TOUCH_MS = 10 * SECOND;
/** Counters for names that nobody has are kept up to this number, the oldest leave first. */
export const UNKNOWN_NAME_COUNTERS = 20_000;

interface CrossRule {
  /** The value at which a screen shows the sentence. */
  readonly value: keyof Policy;
  readonly isBroken: (policy: Policy) => boolean;
  readonly sentence: string;
}

const crossRules: readonly CrossRule[] = [
  {
    value: 'sessionIdleMs',
    isBroken: ({ sessionIdleMs, sessionAbsoluteMs }) => sessionIdleMs > sessionAbsoluteMs,
    sentence: 'A session cannot end unused later than it ends in any case.',
  },
  {
    value: 'challengeMs',
    isBroken: ({ challengeMs, pendingFactorMs }) => challengeMs > pendingFactorMs,
    sentence: 'A sign-in cannot wait longer for a code than a set-up is open.',
  },
  {
    // G6: whoever was too slow uses the next code.
    value: 'challengeMs',
    isBroken: ({ challengeMs, periodS }) => challengeMs < 2 * periodS * SECOND,
    sentence:
      'A sign-in must wait for at least two codes, so that who was too slow for one can use the next.',
  },
  {
    value: 'consecutiveCodeFailures',
    isBroken: ({ codeFailures, consecutiveCodeFailures }) => codeFailures > consecutiveCodeFailures,
    sentence: 'The factor cannot stop before the first lock: allow more wrong codes in a row.',
  },
];

/** Throws TwofoldError `invalid-input` for values that are each within bounds but do not go together. */
export function requireSound(policy: Policy): void {
  const broken = crossRules.find(({ isBroken }) => isBroken(policy));
  if (broken === undefined) return;
  throw new TwofoldError('invalid-input', `${broken.sentence} Nothing was saved.`, {
    reason: 'policy',
    value: broken.value,
  });
}

/** What differs, in words for the audit: 'digits 6 → 8, lockMs 300000 → 600000'. */
export function policyChanges(before: Policy, after: Policy): string[] {
  const earlier = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([value, now]) =>
    earlier.get(value) === now ? [] : [`${value} ${String(earlier.get(value))} → ${String(now)}`],
  );
}
