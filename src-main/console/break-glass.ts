// Break-glass: sealed offline codes for the day when the last administrator has lost the device.
import type { User } from './records.ts';
import type { Visit } from './visit.ts';

/** Those who administer the whole organization can use the codes, and are told when somebody does. */
const isConcerned = (user: User): boolean => user.role === 'administrator' && user.administersUnitId === null;

/** Whether this user could use a break-glass code now. */
export async function hasBreakGlass(visit: Visit, user: User): Promise<boolean> {
  const record = await visit.tx.breakGlass();
  return isConcerned(user) && record !== null && (record.codeHashes.length > 0 || record.pending !== null);
}

/** When a used code takes effect, for whom it concerns; null where none was used. */
export async function breakGlassAtMs(visit: Visit, user: User): Promise<number | null> {
  const record = await visit.tx.breakGlass();
  return isConcerned(user) ? (record?.pending?.effectiveAtMs ?? null) : null;
}
