// Break-glass: sealed offline codes for the day when the last administrator has lost the device. The record of them.
import { audit } from './audit.ts';
import { withNotice } from './notices.ts';
import type { BreakGlassRecord, User } from './records.ts';
import { administratorSearch } from './user-search.ts';
import type { Visit } from './visit.ts';

/** Codes in one set. */
export const BREAK_GLASS_CODES = 5;

/** Whether this user administers the whole organization: such users can use the codes, and are told when somebody does. */
export const isOrganizationAdministrator = (user: User): boolean =>
  user.role === 'administrator' && user.administersUnitId === null;

/** Whether this user could use a break-glass code now. */
export async function hasBreakGlass(visit: Visit, user: User): Promise<boolean> {
  const record = await visit.tx.breakGlass();
  return (
    isOrganizationAdministrator(user) &&
    record !== null &&
    (record.codeHashes.length > 0 || record.pending !== null)
  );
}

/** When a used code takes effect, for whom it concerns; null where none was used. */
export async function breakGlassAtMs(visit: Visit, user: User): Promise<number | null> {
  const record = await visit.tx.breakGlass();
  return isOrganizationAdministrator(user) ? (record?.pending?.effectiveAtMs ?? null) : null;
}

/** When this user's own use of a code takes effect, while it still waits for it; else null. */
export async function waitsUntilMs(visit: Visit, user: User): Promise<number | null> {
  const pending = (await visit.tx.breakGlass())?.pending ?? null;
  if (!isOrganizationAdministrator(user) || pending?.userId !== user.id) return null;
  return pending.effectiveAtMs > visit.nowMs ? pending.effectiveAtMs : null;
}

/** Enough for any organization; more of them are told by the screen alone. */
const TOLD_AT_MOST = 200;

/** Tells every administrator of the organization at the next sign-in. */
export async function tellAdministrators(
  visit: Visit,
  kind: 'break-glass-used' | 'break-glass-cancelled' | 'break-glass-effective',
): Promise<void> {
  const { users } = await visit.tx.searchUsers({
    ...administratorSearch(visit.nowMs),
    limit: TOLD_AT_MOST,
  });
  for (const user of users) {
    if (!user.active || !isOrganizationAdministrator(user)) continue;
    const others = user.notices.filter((notice) => !notice.kind.startsWith('break-glass-'));
    await visit.tx.putUser(withNotice({ ...user, notices: others }, kind, visit.nowMs));
  }
}

/** Ends a use that waits. The code stays used up. */
export async function endPending(
  visit: Visit,
  record: BreakGlassRecord,
  { actor, summary }: { readonly actor: User | null; readonly summary: string },
): Promise<BreakGlassRecord> {
  if (record.pending === null) return record;
  const ended = { ...record, pending: null };
  await visit.tx.putBreakGlass(ended);
  await audit(visit, {
    event: 'break-glass-cancelled',
    subject: await visit.tx.user(record.pending.userId),
    actor,
    summary,
  });
  return ended;
}

/** Ends a use of this user that waits, because it is not needed any more. */
export async function endBreakGlassOf(visit: Visit, user: User): Promise<void> {
  const record = await visit.tx.breakGlass();
  if (record?.pending?.userId !== user.id) return;
  await endPending(visit, record, {
    actor: null,
    summary:
      'The use of a break-glass code was ended: the user has shown a code of an authenticator, or has got another factor.',
  });
}
