// 2FA for the organization, on or off (G1, G16): whom it touches (S19), and the switch itself.
import type { BlastRadius } from '../../src-shared/contract/index.ts';
import { type Actor, audit } from './audit.ts';
import { factsOf, requireOrganization } from './directory.ts';
import { nextStep } from './next-step.ts';
import type { User } from './records.ts';
import { liveSessionsOf } from './sessions.ts';
import type { Visit } from './visit.ts';

/** Names in each list of the blast radius; beyond it a last line counts the rest. */
const LISTED = 200;

class NameList {
  readonly #names: string[] = [];
  #more = 0;

  add(user: User): void {
    if (this.#names.length < LISTED) this.#names.push(user.userName);
    else this.#more += 1;
  }

  get count(): number {
    return this.#names.length + this.#more;
  }

  toArray(): string[] {
    return this.#more === 0 ? this.#names : [...this.#names, `and ${this.#more} more`];
  }
}

const USERS_AT_ONCE = 1_000;

/** Every user by name, with what belongs to them at hand. */
async function* everyone({ tx }: Visit): AsyncGenerator<User> {
  let after = '';
  for (;;) {
    const users = await tx.usersAfter(after, USERS_AT_ONCE);
    await tx.prefetch(users);
    yield* users;
    const last = users.at(-1);
    if (last === undefined || users.length < USERS_AT_ONCE) return;
    after = last.nameKey;
  }
}

/** Whom turning 2FA on or off would touch, decided for each user by the same function as a real sign-in. */
export async function blastRadius(visit: Visit, actor: User, turnOn: boolean): Promise<BlastRadius> {
  const organization = { ...(await requireOrganization(visit)), twoFactorOn: turnOn };
  const willBeAsked = new NameList();
  const mustSetUp = new NameList();
  const serviceAccounts = new NameList();
  const blocked = new NameList();
  const inactive = new NameList();
  let liveSessions = 0;
  let isAdministratorSetUp = false;
  for await (const user of everyone(visit)) {
    liveSessions += (await liveSessionsOf(visit, user.id)).length;
    const facts = await factsOf(visit, organization, user);
    // A one-time password only comes before the step that 2FA decides.
    const { next } = nextStep({ ...facts, mustChangePassword: false, oneTimePasswordExpired: false });
    if (!user.active) inactive.add(user);
    else if (user.isServiceAccount) serviceAccounts.add(user);
    else if (next === 'blocked') blocked.add(user);
    else if (next === 'code') willBeAsked.add(user);
    else if (next === 'set-up') mustSetUp.add(user);
    if (user.active && user.role === 'administrator' && facts.factor === 'set-up')
      isAdministratorSetUp = true;
  }
  const warnings: string[] = [];
  if (turnOn) {
    if (mustSetUp.count > 0 && actor.factorId === null && !actor.isServiceAccount) {
      warnings.push(
        'You have not set up two-factor authentication yourself: have an authenticator at hand for your next sign-in.',
      );
    }
    if (!isAdministratorSetUp) {
      warnings.push('No administrator has set it up yet. Each one does so at the next sign-in.');
    }
    if ((await visit.tx.countActiveAdministrators()) === 1) {
      warnings.push(
        'There is a single administrator. Only another administrator could help after a lost device: add one, or keep the secret sheet safe.',
      );
    }
    if (blocked.count > 0) warnings.push('Users whose factor was stopped cannot sign in until you reset it.');
  } else {
    warnings.push(
      'Passwords alone will protect every account until it is turned on again. Set-ups are kept.',
    );
  }
  return {
    turnOn,
    willBeAsked: willBeAsked.toArray(),
    mustSetUp: mustSetUp.toArray(),
    serviceAccounts: serviceAccounts.toArray(),
    blocked: blocked.toArray(),
    inactive: inactive.toArray(),
    liveSessions,
    administratorSetUp: isAdministratorSetUp,
    warnings,
  };
}

/** Turns 2FA on or off. Live sessions go on until they end (G2); set-ups are kept (G16). */
export async function switchTwoFactor(visit: Visit, actor: Actor, turnOn: boolean): Promise<void> {
  const organization = await requireOrganization(visit);
  if (organization.twoFactorOn === turnOn) return;
  // A deadline belongs to one roll-out: left over, it would end sessions at the moment of turning it on again (G2).
  await visit.tx.putOrganization({
    ...organization,
    twoFactorOn: turnOn,
    twoFactorChangedAtMs: visit.nowMs,
    rollOutDeadlineMs: null,
  });
  await audit(visit, {
    event: turnOn ? 'two-factor-turned-on' : 'two-factor-turned-off',
    subject: null,
    actor,
    summary: turnOn
      ? 'Two-factor authentication was turned on for the organization. Live sessions go on until they end.'
      : 'Two-factor authentication was turned off for the organization. Earlier set-ups are kept.',
  });
}
