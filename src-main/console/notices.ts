// What a user is told at the next sign-in (S17): collected on the user, handed to the session that starts.
import type { SignInNotice } from '../../src-shared/contract/index.ts';
import type { User } from './records.ts';

const notices = {
  'wrong-code':
    'Your right password was followed by a wrong code. If that was not you, change your password.',
  'trusted-browser-stolen':
    'A trusted browser of yours showed an old token: it may have been copied. It is not trusted any more. Change your password if you know nothing of it.',
  'factor-changed': 'Your two-factor authentication was changed to another device.',
  'factor-reset': 'An administrator reset your two-factor authentication.',
  'factor-stopped': 'Too many wrong codes in a row stopped your two-factor authentication.',
  'password-changed': 'Your password was changed.',
  'trusted-browsers-ended': 'An administrator ended the trust of all your browsers.',
  'recovery-used':
    'A recovery code was used to sign in as you. If that was not you, change your password and ask an administrator to reset your two-factor authentication.',
  'recovery-codes-made': 'New recovery codes were made for you. Earlier ones are worth nothing any more.',
  'break-glass-used': 'A break-glass code was used. If that is not wanted, cancel it before it takes effect.',
  'break-glass-cancelled': 'The use of a break-glass code was cancelled.',
  'break-glass-effective': 'A break-glass code took effect: an administrator’s factor was removed with it.',
} as const;
export type NoticeKind = keyof typeof notices;

/** The user with one more notice; a newer one takes the place of the same kind. */
export function withNotice(user: User, kind: NoticeKind, atMs: number): User {
  const others = user.notices.filter((notice) => notice.kind !== kind);
  return { ...user, notices: [...others, { kind, message: notices[kind], atMs }] };
}

/** All that is told at a sign-in: the last one first, then what was collected. */
export function noticesAtSignIn(user: User): SignInNotice[] {
  const last = user.recentSignIns.find(({ outcome }) => outcome === 'signed in');
  const lastSignIn =
    last === undefined
      ? []
      : [{ kind: 'last-sign-in', message: `Last sign-in: ${last.browser}.`, atMs: last.atMs }];
  return [...lastSignIn, ...user.notices];
}

const RECENT_SIGN_INS = 10;

/** The user with one more line in the list of recent sign-ins, newest first. */
export const withSignIn = (user: User, browser: string, outcome: string, atMs: number): User => ({
  ...user,
  recentSignIns: [{ atMs, browser, outcome }, ...user.recentSignIns].slice(0, RECENT_SIGN_INS),
});
