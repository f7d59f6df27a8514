// The sample organization, to try the console on: six people and a service account.
import type { Output, Role } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { audit } from './audit.ts';
import { addUser } from './directory.ts';
import { newOneTimePassword } from './one-time-password.ts';
import { auditNewOrganization, putNewOrganization, requireNoOrganization } from './organization.ts';
import { type ConsoleContext, visit } from './visit.ts';

interface SamplePerson {
  readonly displayName: string;
  readonly userName: string;
  readonly role: Role;
  readonly isServiceAccount: boolean;
}

const NAME = 'Northwind';

const person = (displayName: string, userName: string, role: Role = 'user'): SamplePerson => ({
  displayName,
  userName,
  role,
  isServiceAccount: false,
});

/** The first one is the administrator. */
const PEOPLE: readonly SamplePerson[] = [
  person('Maria Keller', 'maria.keller', 'administrator'),
  person('Jonas Frei', 'jonas.frei'),
  person('Amara Okafor', 'amara.okafor'),
  person('Tomáš Dvořák', 'tomas.dvorak'),
  person('Олена Коваль', 'olena.koval'),
  person('Σοφία Παππά', 'sofia.pappa'),
  { displayName: 'Backup agent', userName: 'backup.agent', role: 'user', isServiceAccount: true },
];

/**
 * Creates the organization and its people and answers their passwords, this once. People's are one-time passwords; the
 * service account's stays, since it cannot change one. Nobody is signed in. Throws TwofoldError `already-exists`.
 */
export async function createSample(
  context: ConsoleContext,
  caller: Caller,
): Promise<Output<'console:createSample'>> {
  await requireNoOrganization(context);
  const people = await Promise.all(
    PEOPLE.map(async (who) => {
      const oneTimePassword = newOneTimePassword(context.random);
      return { ...who, oneTimePassword, passwordHash: await context.hasher.hash(oneTimePassword) };
    }),
  );
  await visit(context, caller, async (visit) => {
    await putNewOrganization(visit, NAME);
    const untilMs = visit.nowMs + visit.policy.oneTimePasswordMs;
    for (const [index, { oneTimePassword: _shownOnce, ...who }] of people.entries()) {
      const user = await addUser(visit, {
        ...who,
        unitId: null,
        oneTimePasswordUntilMs: who.isServiceAccount ? null : untilMs,
      });
      if (index === 0) await auditNewOrganization(visit, user);
      else
        await audit(visit, {
          event: 'user-added',
          subject: user,
          actor: null,
          summary: 'Added with the sample organization.',
        });
    }
  });
  context.events.emit('console:changed', {});
  return { organization: NAME, people: people.map(({ passwordHash: _kept, ...shown }) => shown) };
}
