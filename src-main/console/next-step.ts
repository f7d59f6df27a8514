// THE sign-in function: what a user meets after user name and password, and why. Pure; sign-ins, the blast radius and
// the administrator's explanation all use it, so that they cannot disagree.

/** Everything that decides what comes after user name and password. */
export interface SignInFacts {
  readonly active: boolean;
  /** Too many wrong passwords from where this sign-in comes from. */
  readonly passwordLocked: boolean;
  readonly mustChangePassword: boolean;
  /** The one-time password was not used in time. */
  readonly oneTimePasswordExpired: boolean;
  readonly twoFactorOn: boolean;
  readonly isServiceAccount: boolean;
  readonly factor: 'none' | 'pending' | 'set-up' | 'blocked';
  readonly trustedBrowser: boolean;
  /** Too many wrong codes of this user. */
  readonly codeLocked: boolean;
}

/**
 * - `refused`: the answer of a wrong password (S15).
 * - `blocked`: the factor is stopped; an administrator must reset it.
 * - the others are the steps of the same name in the contract.
 */
export type NextStep = 'refused' | 'change-password' | 'set-up' | 'code' | 'blocked' | 'signed-in';

export interface Decision {
  readonly next: NextStep;
  /** Plain sentences for the administrator, in the order in which they decided. */
  readonly because: readonly string[];
}

const decide = (next: NextStep, ...because: string[]): Decision => ({ next, because });

/** Decides the next step of a sign-in whose password was right. */
export function nextStep(facts: SignInFacts): Decision {
  if (!facts.active) return decide('refused', 'The user is deactivated.');
  if (facts.passwordLocked)
    return decide('refused', 'Too many wrong passwords: sign-in is locked for a while.');
  if (facts.oneTimePasswordExpired) {
    return decide('refused', 'The one-time password was not used in time. Issue a new one.');
  }
  if (facts.mustChangePassword) {
    return decide('change-password', 'The password is a one-time password and must be changed first.');
  }
  if (!facts.twoFactorOn)
    return decide('signed-in', 'Two-factor authentication is off for the organization.');
  const on = 'Two-factor authentication is on for the organization.';
  if (facts.isServiceAccount) {
    return decide('signed-in', on, 'The user is a service account: the password alone is asked.');
  }
  switch (facts.factor) {
    case 'none':
      return decide('set-up', on, 'The user has not set up two-factor authentication.');
    case 'pending':
      return decide(
        'set-up',
        on,
        'The user has begun to set up two-factor authentication, but not finished.',
      );
    case 'blocked':
      return decide(
        'blocked',
        on,
        'Too many wrong codes in a row have stopped the factor. Reset it to let the user in.',
      );
    case 'set-up': {
      const isSetUp = 'The user has set up two-factor authentication.';
      if (facts.trustedBrowser)
        return decide('signed-in', on, isSetUp, 'The browser is trusted: no code is asked.');
      const lock = facts.codeLocked ? ['Too many wrong codes: no code is accepted for a while.'] : [];
      return decide('code', on, isSetUp, 'The browser is not trusted: a code is asked.', ...lock);
    }
  }
}
