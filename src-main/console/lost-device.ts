// "I can't use my device": the ways on of G9–G11 that are open to somebody whose password was right.
import type { LostDevice } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import type { User } from './records.ts';
import { atCodeScreen } from './sign-in.ts';
import { trustsInForce } from './trusted-browsers.ts';
import { administratorSearch } from './user-search.ts';
import { type ConsoleContext, type Visit, visit } from './visit.ts';

const NAMED_ADMINISTRATORS = 5;
/** Among this many, some are inactive, of other units, or the user. */
const LOOKED_AT = 100;

/** Nobody of a unit may reset somebody who administers more than that unit. */
const isWithin = (user: User, unitId: string): boolean =>
  user.role !== 'administrator' || user.administersUnitId === unitId;

/** The display names of those who may reset this user's factor, by name. */
async function administratorsOver(visit: Visit, user: User): Promise<string[]> {
  const { users } = await visit.tx.searchUsers({
    ...administratorSearch(visit.nowMs),
    sort: 'display-name',
    limit: LOOKED_AT,
  });
  return users
    .filter(({ id, active }) => active && id !== user.id)
    .filter(({ administersUnitId: unit }) => unit === null || (unit === user.unitId && isWithin(user, unit)))
    .slice(0, NAMED_ADMINISTRATORS)
    .map(({ displayName }) => displayName);
}

/** Only at the code screen, after a right password. Changes nothing. Throws TwofoldError `step-expired`. */
export const lostDevice = (context: ConsoleContext, caller: Caller): Promise<LostDevice> =>
  visit(context, caller, async (visit) => {
    const { user } = await atCodeScreen(visit);
    const trusts = await trustsInForce(visit, user);
    const left = visit.policy.recoveryCodes ? (user.recoveryCodes?.hashes.length ?? 0) : 0;
    return {
      trustedBrowsers: trusts
        .sort((a, b) => b.lastUsedAtMs - a.lastUsedAtMs)
        .map(({ browser, lastUsedAtMs }) => ({ name: browser, lastUsedAtMs })),
      backupProvenAtMs: user.backupProvenAtMs,
      administrators: await administratorsOver(visit, user),
      recoveryCodesLeft: left === 0 ? null : left,
    };
  });
