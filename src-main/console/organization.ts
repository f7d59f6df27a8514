// The organization's beginning: its name and its first administrator, who is signed in at once.
import { type ConsoleStep, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { audit } from './audit.ts';
import { addUser } from './directory.ts';
import { defaultPolicy } from './policy.ts';
import { requireStrongPassword } from './password-strength.ts';
import type { User } from './records.ts';
import { startSession } from './sessions.ts';
import { stepOf } from './step.ts';
import { type ConsoleContext, type Visit, visit } from './visit.ts';

const alreadyThere = (): TwofoldError =>
  new TwofoldError(
    'already-exists',
    'There is an organization already. Sign in, or ask an administrator for an account.',
  );

/** Throws TwofoldError `already-exists`. Before the hashing, so that nobody waits for nothing. */
export async function requireNoOrganization(context: ConsoleContext): Promise<void> {
  if ((await context.repository.transact((tx) => tx.organization())) !== null) throw alreadyThere();
}

/** Writes the organization, with 2FA off. Throws TwofoldError `already-exists`. */
export async function putNewOrganization(visit: Visit, name: string): Promise<void> {
  if ((await visit.tx.organization()) !== null) throw alreadyThere();
  await visit.tx.putOrganization({
    name: name.trim(),
    twoFactorOn: false,
    twoFactorChangedAtMs: null,
    policy: defaultPolicy,
    rollOutDeadlineMs: null,
    createdAtMs: visit.nowMs,
  });
}

export async function auditNewOrganization(visit: Visit, administrator: User): Promise<void> {
  await audit(visit, {
    event: 'organization-created',
    subject: null,
    actor: administrator,
    summary: `The organization was created with ${administrator.userName} as administrator.`,
  });
}

/** Creates the organization and signs its administrator in. Throws `already-exists` and `password-refused`. */
export async function createOrganization(
  context: ConsoleContext,
  input: { organization: string; displayName: string; userName: string; password: string },
  caller: Caller,
): Promise<ConsoleStep> {
  await requireNoOrganization(context);
  requireStrongPassword(
    input.password,
    [input.userName, input.displayName, input.organization],
    defaultPolicy,
  );
  const passwordHash = await context.hasher.hash(input.password);
  const step = await visit(context, caller, async (visit) => {
    await putNewOrganization(visit, input.organization);
    const administrator = await addUser(visit, {
      userName: input.userName,
      displayName: input.displayName,
      role: 'administrator',
      unitId: null,
      isServiceAccount: false,
      passwordHash,
      oneTimePasswordUntilMs: null,
    });
    await auditNewOrganization(visit, administrator);
    await startSession(visit, administrator, {
      summary: 'Signed in by creating the organization.',
      trustId: null,
      keepSecret: false,
    });
    return stepOf(visit);
  });
  context.events.emit('console:changed', {});
  return step;
}
