// The policy as administrators of the organization see, judge and change it.
import type { Guessing, Output, Policy } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { audit } from '../audit.ts';
import { requireOrganization } from '../directory.ts';
import { judgeGuessing } from '../guessing.ts';
import { defaultPolicy, policyChanges, requireSound } from '../policy.ts';
import type { ConsoleContext } from '../visit.ts';
import { look, onOrganization, requireWholeOrganization } from './action.ts';

/** Throws TwofoldError `not-permitted` for administrators of a unit, as everything below. */
export const policyInForce = (
  context: ConsoleContext,
  caller: Caller,
): Promise<Output<'administration:policy'>> =>
  look(context, caller, (visit, { user }) => {
    requireWholeOrganization(user);
    const { policy } = visit;
    return Promise.resolve({ policy, defaults: defaultPolicy, guessing: judgeGuessing(policy) });
  });

/** What the values would mean. Throws `invalid-input` where they do not go together. */
export async function judgePolicy(
  context: ConsoleContext,
  policy: Policy,
  caller: Caller,
): Promise<Guessing> {
  await look(context, caller, (_visit, { user }) => {
    requireWholeOrganization(user);
    return Promise.resolve();
  });
  requireSound(policy);
  return judgeGuessing(policy);
}

/**
 * Puts the values in force, after the administrator's own code. At once and for the living: limits against guessing,
 * the window, and shorter times of sessions and trusted browsers, which are computed whenever they are looked at. For
 * what begins later: digits, period and algorithm of new factors, and the ends of set-ups, sign-ins under way, locks and
 * one-time passwords, which were told to people when they began. Throws `invalid-input`.
 */
export async function savePolicy(
  context: ConsoleContext,
  { policy, code }: { policy: Policy; code: string | null },
  caller: Caller,
): Promise<Output<'administration:savePolicy'>> {
  // Before the own code is asked, so that none is used up for nothing.
  requireSound(policy);
  await onOrganization(context, caller, { code, purpose: 'change of the policy' }, async (visit, actor) => {
    const organization = await requireOrganization(visit);
    const changes = policyChanges(organization.policy, policy);
    if (changes.length === 0) return;
    await visit.tx.putOrganization({ ...organization, policy });
    await audit(visit, {
      event: 'policy-changed',
      subject: null,
      actor,
      summary: `The policy was changed: ${changes.join(', ')}.`,
    });
  });
  return { policy, guessing: judgeGuessing(policy) };
}
