// The roll-out as administrators of the organization follow it, and its deadline.
import { type Output, TwofoldError } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { audit } from '../audit.ts';
import { requireOrganization } from '../directory.ts';
import { rollOutMoments } from '../roll-out.ts';
import type { ConsoleContext, Visit } from '../visit.ts';
import { look, onOrganization, requireWholeOrganization } from './action.ts';

/** How far the active people are; service accounts are not expected to set anything up. */
export async function rollOutNow(visit: Visit): Promise<Output<'administration:rollOut'>> {
  const { twoFactorOn, twoFactorChangedAtMs, rollOutDeadlineMs } = await requireOrganization(visit);
  const { people, setUp, pending, firstSetUpAtMs } = await visit.tx.rollOut(visit.nowMs);
  const turnedOnAtMs = twoFactorOn ? twoFactorChangedAtMs : null;
  const moments = rollOutMoments(turnedOnAtMs, firstSetUpAtMs, visit.nowMs);
  const counts = await visit.tx.rollOutAt(moments);
  const curve = moments.map((atMs, index) => ({ atMs, people: 0, setUp: 0, ...counts[index] }));
  return { twoFactorOn, turnedOnAtMs, deadlineMs: rollOutDeadlineMs, people, setUp, pending, curve };
}

/** For administrators of the organization. Throws `not-permitted`. */
export const rollOut = (context: ConsoleContext, caller: Caller): Promise<Output<'administration:rollOut'>> =>
  look(context, caller, (visit, { user: actor }) => {
    requireWholeOrganization(actor);
    return rollOutNow(visit);
  });

const moment = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/**
 * From the deadline on, sessions of people without a factor end; whoever signs in afterwards sets it up, as before (G3).
 * Needs the administrator's own code where there is a factor. Throws `conflict` for a moment that is past, and while 2FA
 * is off.
 */
export async function setDeadline(
  context: ConsoleContext,
  { deadlineMs, code }: { deadlineMs: number | null; code: string | null },
  caller: Caller,
): Promise<Record<string, never>> {
  const check = (nowMs: number, twoFactorOn: boolean): void => {
    if (deadlineMs === null) return;
    if (!twoFactorOn) {
      throw new TwofoldError(
        'conflict',
        'A roll-out has a deadline only while two-factor authentication is on. Turn it on first; nothing was changed.',
      );
    }
    if (deadlineMs <= nowMs) {
      throw new TwofoldError('conflict', 'That moment is past. Choose a later one; nothing was changed.');
    }
  };
  // Before the own code is asked, so that none is used up for nothing.
  await look(context, caller, async (visit, { user }) => {
    requireWholeOrganization(user);
    check(visit.nowMs, (await requireOrganization(visit)).twoFactorOn);
  });
  const purpose = 'change of the deadline of the roll-out';
  await onOrganization(context, caller, { code, purpose }, async (visit, actor) => {
    const organization = await requireOrganization(visit);
    check(visit.nowMs, organization.twoFactorOn);
    if (organization.rollOutDeadlineMs === deadlineMs) return;
    await visit.tx.putOrganization({ ...organization, rollOutDeadlineMs: deadlineMs });
    await audit(visit, {
      event: 'deadline-changed',
      subject: null,
      actor,
      summary:
        deadlineMs === null
          ? 'The deadline of the roll-out was taken back.'
          : `The deadline of the roll-out is ${moment(deadlineMs)}: sessions of people without a factor end then.`,
    });
  });
  return {};
}
