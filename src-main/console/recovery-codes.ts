// Recovery codes: ten codes on paper, each good for one sign-in in place of a code, where the policy has them.
import { type ConsoleStep, type MyAccount, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { audit } from './audit.ts';
import { endChallenge } from './challenges.ts';
import { checkOwnCode, countWrongTry, refuseWhileLocked } from './code-check.ts';
import { factorsOf, requireUser } from './directory.ts';
import { describeAccount } from './my-account.ts';
import { withNotice } from './notices.ts';
import { findHash, hashOfTyped, makeOfflineCodes, type Owner } from './offline-codes.ts';
import type { User } from './records.ts';
import { requireSession, startSession } from './sessions.ts';
import { atCodeScreen, countOnChallenge } from './sign-in.ts';
import { stepOf } from './step.ts';
import { clearFailures, codeCounterId } from './throttle.ts';
import { type ConsoleContext, Refusal, type Visit, visit } from './visit.ts';

const CODE_COUNT = 10;

const ownerOf = (user: User): Owner => `recovery ${user.id}`;

/** Throws TwofoldError `conflict` where the policy has no recovery codes. */
function requireRecoveryCodes({ policy }: Visit): void {
  if (policy.recoveryCodes) return;
  throw new TwofoldError(
    'conflict',
    'This organization does not use recovery codes. Ask an administrator to reset your two-factor authentication.',
  );
}

/**
 * Ten new codes, answered this once, after a fresh code (S10). Earlier ones are worth nothing from then on. Throws
 * TwofoldError `conflict` without a factor or where the policy has none, `code-refused`, `locked-out`.
 */
export async function makeRecoveryCodes(
  context: ConsoleContext,
  { code }: { code: string },
  caller: Caller,
): Promise<{ codes: string[]; account: MyAccount }> {
  const made = await visit(context, caller, async (visit) => {
    const { session, user } = await requireSession(visit);
    requireRecoveryCodes(visit);
    const { active } = await factorsOf(visit, user);
    if (active === null) {
      throw new TwofoldError(
        'conflict',
        'You have not set up two-factor authentication, so there is nothing to recover.',
      );
    }
    const proved = await checkOwnCode(visit, user, active, code, 'making of recovery codes');
    if (proved instanceof Refusal) return proved;
    const { codes, hashes } = makeOfflineCodes(visit.random, ownerOf(proved), CODE_COUNT);
    const changed = withNotice(
      { ...proved, recoveryCodes: { madeAtMs: visit.nowMs, hashes } },
      'recovery-codes-made',
      visit.nowMs,
    );
    await visit.tx.putUser(changed);
    await audit(visit, {
      event: 'recovery-codes-made',
      subject: user,
      actor: user,
      summary: `Recovery codes were made: ${codes.length}. Earlier ones are worth nothing any more.`,
    });
    return { codes, account: await describeAccount(visit, { session, user: changed }) };
  });
  context.events.emit('console:changed', {});
  return made;
}

/**
 * A recovery code in place of a code: it is used up and ends the sign-in. A wrong one counts as a wrong code (S5).
 * Throws TwofoldError `conflict` where the policy has none, `code-refused`, `locked-out`, `step-expired`.
 */
export async function submitRecoveryCode(
  context: ConsoleContext,
  { code }: { code: string },
  caller: Caller,
): Promise<ConsoleStep> {
  const step = await visit(context, caller, async (visit) => {
    const { challenge, user, factor } = await atCodeScreen(visit);
    requireRecoveryCodes(visit);
    const locked = await refuseWhileLocked(visit, user, factor, 'recovery-code-refused', 'recovery code');
    if (locked !== null) {
      await countOnChallenge(visit, challenge);
      return locked;
    }
    const hash = hashOfTyped(ownerOf(user), code);
    const hashes = user.recoveryCodes?.hashes ?? [];
    const found = findHash(hashes, hash);
    if (user.recoveryCodes === null || found === undefined) {
      await countOnChallenge(visit, challenge);
      return countWrongTry(visit, user, factor, {
        event: 'recovery-code-refused',
        summary: 'A wrong or used recovery code was entered.',
        refusal: (attemptsLeft) =>
          new TwofoldError(
            'code-refused',
            'That is none of your unused recovery codes. Check each letter, or use another one of them.',
            { reason: 'wrong', attemptsLeft },
          ),
      });
    }
    const left = hashes.filter((each) => each !== found);
    const changed = { ...user, recoveryCodes: { ...user.recoveryCodes, hashes: left } };
    await visit.tx.putUser(changed);
    await visit.tx.putFactor({ ...factor, consecutiveFailures: 0 });
    await clearFailures(visit.tx, codeCounterId(user.id));
    await audit(visit, {
      event: 'recovery-code-used',
      subject: user,
      actor: user,
      summary: `A recovery code was used. Left: ${left.length}.`,
    });
    await endChallenge(visit);
    await startSession(visit, changed, {
      summary: 'Signed in with password and recovery code.',
      trustId: null,
      keepSecret: false,
    });
    // Told at the sign-in after this one: whoever used the code knows.
    await visit.tx.putUser(withNotice(await requireUser(visit, user.id), 'recovery-used', visit.nowMs));
    return stepOf(visit);
  });
  context.events.emit('console:changed', {});
  return step;
}
