// The policy of the console: every number of the rules, once, with its default. An administrator may set them.
import type { Policy } from '../../src-shared/contract/index.ts';

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
