// The fresh code that an action needs (S10): of whoever acts, when that person has a factor.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { checkOwnCode } from './code-check.ts';
import { factorsOf } from './directory.ts';
import type { User } from './records.ts';
import type { Refusal, Visit } from './visit.ts';

/**
 * Asks a code of `user` where there is a factor, whether 2FA is on for the organization or not. Answers the user as
 * now stored, or a Refusal to hand on. Throws TwofoldError `code-required` when there is a factor and no code.
 */
export async function requireOwnCode(
  visit: Visit,
  user: User,
  code: string | null,
  purpose: string,
): Promise<User | Refusal> {
  const { active } = await factorsOf(visit, user);
  if (active === null) return user;
  if (code === null) {
    throw new TwofoldError('code-required', 'Enter a current code of your own authenticator to do this.');
  }
  return checkOwnCode(visit, user, active, code, purpose);
}
