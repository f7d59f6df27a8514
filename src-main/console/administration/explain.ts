// What a sign-in would meet and why, from the same pure function that decides it.
import type { Output, Supposed } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { factsOf, requireOrganization, requireUser } from '../directory.ts';
import { nextStep } from '../next-step.ts';
import { lockedUntilMs, nameCounterId } from '../throttle.ts';
import type { ConsoleContext } from '../visit.ts';
import { look, requireInScope } from './action.ts';

const names = {
  refused: 'Sign-in is refused',
  'change-password': 'Must choose a new password',
  'set-up': 'Must set up two-factor authentication',
  code: 'Is asked for a code',
  blocked: 'Cannot sign in until the factor is reset',
  'signed-in': 'Is signed in with the password alone',
} as const;

/** A sign-in of this user at that moment and from there; nothing is changed. Throws `not-found`. */
export const explain = (
  context: ConsoleContext,
  { userId, atMs, browser }: { userId: string } & Supposed,
  caller: Caller,
): Promise<Output<'administration:explain'>> =>
  look(context, caller, async (visit, { user: actor }) => {
    const user = await requireUser(visit, userId);
    requireInScope(actor, user);
    const then = { ...visit, nowMs: atMs ?? visit.nowMs };
    const facts = await factsOf(then, await requireOrganization(then), user);
    const counter = await then.tx.counter(nameCounterId(user.nameKey));
    const passwordLocked = lockedUntilMs(counter, then.nowMs) !== null;
    const { next, because } = nextStep({ ...facts, passwordLocked, trustedBrowser: browser === 'trusted' });
    const known = [
      `The user is ${user.active ? 'active' : 'deactivated'}.`,
      `The factor is ${facts.factor === 'none' ? 'not set up' : facts.factor.replace('-', ' ')}.`,
      ...(facts.codeLocked ? ['Codes are locked for a while after wrong ones.'] : []),
    ];
    return { next: names[next], because: [...because], facts: known };
  });
