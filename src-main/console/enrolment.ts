// Enrolment: the first set-up of a factor, at a sign-in that cannot go around it (G3–G5).
import type { ConsoleStep } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { audit } from './audit.ts';
import { endChallenge, requireChallenge, stepExpired } from './challenges.ts';
import { refusedCode } from './code-check.ts';
import { factorsOf, factsOf, requireOrganization } from './directory.ts';
import { compareCode, putInForce } from './factors.ts';
import { nextStep } from './next-step.ts';
import { requireSession, startSession } from './sessions.ts';
import { stepOf } from './step.ts';
import { type ConsoleContext, Refusal, visit } from './visit.ts';

/**
 * The new device's first right code: the factor is in force and the sign-in complete. A wrong one leaves everything as
 * it is; it is not counted, since whoever is here sees the secret. Throws `code-refused` and `step-expired`.
 */
export async function confirmSetUp(
  context: ConsoleContext,
  { code }: { code: string },
  caller: Caller,
): Promise<ConsoleStep> {
  const step = await visit(context, caller, async (visit) => {
    const { user } = await requireChallenge(visit);
    const { next } = nextStep(await factsOf(visit, await requireOrganization(visit), user));
    const { pending } = await factorsOf(visit, user);
    if (next !== 'set-up' || pending === null) throw stepExpired();
    const verdict = await compareCode(visit, pending, code);
    if (verdict.kind !== 'accepted') {
      await audit(visit, {
        event: 'set-up-refused',
        subject: user,
        actor: user,
        summary: 'A wrong code was entered while two-factor authentication was being set up.',
      });
      return new Refusal(refusedCode(verdict, null));
    }
    const enrolled = await putInForce(visit, user, pending, verdict.step);
    await audit(visit, {
      event: 'factor-set-up',
      subject: user,
      actor: user,
      summary: 'Two-factor authentication was set up.',
    });
    await endChallenge(visit);
    await startSession(visit, enrolled, {
      summary: 'Signed in by setting up two-factor authentication.',
      trustId: null,
      keepSecret: true,
    });
    return stepOf(visit);
  });
  context.events.emit('console:changed', {});
  return step;
}

/** Leaves the keep-your-secret screen: the secret does not cross again. Throws `not-signed-in`. */
export async function finishSetUp(context: ConsoleContext, caller: Caller): Promise<ConsoleStep> {
  return visit(context, caller, async (visit) => {
    const { session } = await requireSession(visit);
    await visit.tx.putSession({ ...session, keepSecret: null, lastUsedAtMs: visit.nowMs });
    return stepOf(visit);
  });
}
