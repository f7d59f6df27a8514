// What administrators do to a user: when it cannot be done, what it does, and its audit record. For one user or for many.
import type { Role } from '../../../src-shared/contract/index.ts';
import { audit } from '../audit.ts';
import { endChallengesOf } from '../challenges.ts';
import { requireUnit } from '../directory.ts';
import { removeFactors, removePending } from '../factors.ts';
import { withNotice } from '../notices.ts';
import { endAllElse } from '../own-password.ts';
import type { Unit } from '../records.ts';
import { endSessions } from '../sessions.ts';
import { codeCounterId, nameCounterId } from '../throttle.ts';
import { endTrusts } from '../trusted-browsers.ts';
import type { Visit } from '../visit.ts';
import {
  refuseOnSelf,
  requireAnotherAdministrator,
  requireWholeOrganization,
  type UserAction,
} from './action.ts';

const always = (): void => undefined;

/** The unit with that id, or null for null. Throws TwofoldError `not-found`. */
export const unitOrNone = async (visit: Visit, unitId: string | null): Promise<Unit | null> =>
  unitId === null ? null : requireUnit(visit, unitId);

/** Makes a user an administrator, of the organization or of one unit, or a user again. S20. */
export const setRole = (role: Role, administersUnitId: string | null): UserAction => {
  const limit = role === 'administrator' ? administersUnitId : null;
  return {
    purpose: 'change of role',
    async check({ visit, actor, user }) {
      requireWholeOrganization(actor);
      await unitOrNone(visit, limit);
      if (role !== 'administrator' || limit !== null) {
        await requireAnotherAdministrator(visit, user, role === 'user' ? 'made a user' : 'limited to a unit');
      }
    },
    async act({ visit, actor, user }) {
      if (user.role === role && user.administersUnitId === limit) return;
      const unit = await unitOrNone(visit, limit);
      await visit.tx.putUser({ ...user, role, administersUnitId: limit });
      const summary =
        unit === null ? `The role is now ${role}.` : `The role is now ${role} of the unit ${unit.name}.`;
      await audit(visit, { event: 'role-changed', subject: user, actor, summary });
    },
  };
};

/** Deactivating ends everything of the user (S11). Not the last active administrator (S20). */
export const setActive = (active: boolean): UserAction => ({
  purpose: active ? 'activation of a user' : 'deactivation of a user',
  async check({ visit, user }) {
    if (!active) await requireAnotherAdministrator(visit, user, 'deactivated');
  },
  async act({ visit, actor, user }) {
    if (user.active === active) return;
    const ended = active ? user : await endAllElse(visit, user);
    await visit.tx.putUser({ ...ended, active });
    await audit(visit, {
      event: active ? 'user-activated' : 'user-deactivated',
      subject: user,
      actor,
      summary: active
        ? 'The user can sign in again.'
        : 'The user cannot sign in any more. Sessions and trust ended.',
    });
  },
});

/** G15. Exempting ends sessions and trusts (S11); a factor that was set up is kept for when it is taken back. */
export const setServiceAccount = (isServiceAccount: boolean): UserAction => ({
  purpose: 'exemption of a user',
  async check({ visit, actor, user }) {
    if (!isServiceAccount) return;
    await requireAnotherAdministrator(visit, user, 'exempted from two-factor authentication');
    refuseOnSelf(
      actor,
      user,
      'You cannot exempt yourself from two-factor authentication. Ask another administrator.',
    );
  },
  async act({ visit, actor, user }) {
    if (user.isServiceAccount === isServiceAccount) return;
    const changed = isServiceAccount ? await endAllElse(visit, await removePending(visit, user)) : user;
    await visit.tx.putUser({ ...changed, isServiceAccount });
    await audit(visit, {
      event: isServiceAccount ? 'service-account-set' : 'service-account-taken-back',
      subject: user,
      actor,
      summary: isServiceAccount
        ? 'The user is a service account now: the password alone is asked.'
        : 'The user is no service account any more: two-factor authentication is asked for again.',
    });
  },
});

/** G13: the user sets 2FA up again at the next sign-in. Not on one's own account (S10). */
export const resetFactor: UserAction = {
  purpose: 'reset of a user’s factor',
  check: ({ actor, user }) =>
    refuseOnSelf(
      actor,
      user,
      'You cannot reset your own two-factor authentication here. Use Reset two-factor authentication in your account, with a current code, or ask another administrator.',
    ),
  async act({ visit, actor, user }) {
    const ended = await endAllElse(visit, await removeFactors(visit, user));
    await visit.tx.putUser(withNotice(ended, 'factor-reset', visit.nowMs));
    await visit.tx.removeCounter(codeCounterId(user.id));
    await audit(visit, {
      event: 'factor-reset',
      subject: user,
      actor,
      summary: 'Two-factor authentication was reset. Sessions and the trust of all browsers ended.',
    });
  },
};

/** G14. */
export const resetTrustedBrowsers: UserAction = {
  purpose: 'reset of trusted browsers',
  check: always,
  async act({ visit, actor, user }) {
    const count = await endTrusts(visit, user);
    await visit.tx.putUser(
      withNotice({ ...user, trustEpoch: user.trustEpoch + 1 }, 'trusted-browsers-ended', visit.nowMs),
    );
    await audit(visit, {
      event: 'trusted-browsers-ended',
      subject: user,
      actor,
      summary: `The trust of all browsers was ended by an administrator: ${count}.`,
    });
  },
};

/** Ends the user's sessions and sign-ins under way; of one's own, all others. */
export const endUserSessions: UserAction = {
  purpose: 'end of sessions',
  check: always,
  async act({ visit, actor, actorSessionId, user }) {
    const count = await endSessions(visit, user.id, actorSessionId);
    await endChallengesOf(visit, user.id, null);
    await audit(visit, {
      event: 'sessions-ended',
      subject: user,
      actor,
      summary: `Sessions ended by an administrator: ${count}.`,
    });
  },
};

/** Takes back locks after wrong passwords or codes, not a stopped factor. */
export const unlock: UserAction = {
  purpose: 'end of locks',
  check: always,
  async act({ visit, actor, user }) {
    await visit.tx.removeCounter(nameCounterId(user.nameKey));
    await visit.tx.removeCounter(codeCounterId(user.id));
    await audit(visit, {
      event: 'locks-taken-back',
      subject: user,
      actor,
      summary: 'Locks after wrong tries were taken back.',
    });
  },
};

/** Moves a user to another unit, or to none. An administrator of a unit cannot give users away or take others in. */
export const setUnit = (unitId: string | null): UserAction => ({
  purpose: 'move to another unit',
  async check({ visit, actor }) {
    requireWholeOrganization(actor);
    await unitOrNone(visit, unitId);
  },
  async act({ visit, actor, user }) {
    if (user.unitId === unitId) return;
    const unit = await unitOrNone(visit, unitId);
    await visit.tx.putUser({ ...user, unitId });
    await audit(visit, {
      event: 'user-edited',
      subject: user,
      actor,
      summary:
        unit === null ? 'The user belongs to no unit now.' : `The user belongs to the unit ${unit.name} now.`,
    });
  },
});

/** Removes the user and everything of the user but what the audit says. Not the last active administrator (S20). */
export const deleteUser: UserAction = {
  purpose: 'deletion of a user',
  async check({ visit, actor, user }) {
    refuseOnSelf(actor, user, 'You cannot delete your own account. Ask another administrator.');
    await requireAnotherAdministrator(visit, user, 'deleted');
  },
  async act({ visit, actor, user }) {
    const ended = await endAllElse(visit, await removeFactors(visit, user));
    await visit.tx.removeCounter(nameCounterId(user.nameKey));
    await visit.tx.removeCounter(codeCounterId(user.id));
    await visit.tx.removeUser(ended.id);
    await audit(visit, {
      event: 'user-deleted',
      subject: user,
      actor,
      summary: 'The user was deleted, with factor, sessions and trusted browsers.',
    });
  },
};
