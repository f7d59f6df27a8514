// Units of the organization: 2FA is the organization's, a unit says who belongs together and whom an administrator may be limited to.
import { TwofoldError, type Unit } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { audit } from '../audit.ts';
import { nameKey, requireOrganization, requireUnit } from '../directory.ts';
import type { Unit as UnitRecord, User } from '../records.ts';
import { newId } from '../tokens.ts';
import { administratorSearch } from '../user-search.ts';
import type { ConsoleContext, Visit } from '../visit.ts';
import { look, requireWholeOrganization } from './action.ts';

/** The unit of that name, however it is written; null when there is none. */
export async function unitByName({ tx }: Visit, name: string): Promise<UnitRecord | null> {
  const key = nameKey(name);
  return (await tx.units()).find((unit) => unit.nameKey === key) ?? null;
}

/** Adds a unit with its audit record. Throws TwofoldError `already-exists`. */
export async function putNewUnit(visit: Visit, actor: User, name: string): Promise<UnitRecord> {
  if ((await unitByName(visit, name)) !== null) throw sameName();
  const unit = {
    id: newId(visit.random),
    name: name.trim(),
    nameKey: nameKey(name),
    createdAtMs: visit.nowMs,
  };
  await visit.tx.putUnit(unit);
  await audit(visit, {
    event: 'unit-added',
    subject: null,
    actor,
    summary: `The unit ${unit.name} was added.`,
  });
  return unit;
}

const sameName = (): TwofoldError =>
  new TwofoldError('already-exists', 'There is a unit of that name already. Choose another name.');

/** Throws `already-exists`, and `not-permitted` for an administrator of a unit. */
export async function addUnit(
  context: ConsoleContext,
  { name }: { name: string },
  caller: Caller,
): Promise<Unit> {
  const added = await look(context, caller, async (visit, { user: actor }) => {
    requireWholeOrganization(actor);
    await requireOrganization(visit);
    const { id, name: kept } = await putNewUnit(visit, actor, name);
    return { id, name: kept, users: 0 };
  });
  context.events.emit('console:changed', {});
  return added;
}

/** Throws `not-found` and `already-exists`, and `not-permitted` for an administrator of a unit. */
export async function renameUnit(
  context: ConsoleContext,
  { unitId, name }: { unitId: string; name: string },
  caller: Caller,
): Promise<Unit> {
  const renamed = await look(context, caller, async (visit, { user: actor }) => {
    requireWholeOrganization(actor);
    const unit = await requireUnit(visit, unitId);
    const other = await unitByName(visit, name);
    if (other !== null && other.id !== unit.id) throw sameName();
    const next = { ...unit, name: name.trim(), nameKey: nameKey(name) };
    await visit.tx.putUnit(next);
    await audit(visit, {
      event: 'unit-renamed',
      subject: null,
      actor,
      summary: `The unit ${unit.name} is now named ${next.name}.`,
    });
    return { id: next.id, name: next.name, users: await visit.tx.countUsersOfUnit(next.id) };
  });
  context.events.emit('console:changed', {});
  return renamed;
}

/** Throws `not-found`, `conflict` while somebody belongs to it or administers it, and `not-permitted`. */
export async function removeUnit(
  context: ConsoleContext,
  { unitId }: { unitId: string },
  caller: Caller,
): Promise<Record<string, never>> {
  await look(context, caller, async (visit, { user: actor }) => {
    requireWholeOrganization(actor);
    const unit = await requireUnit(visit, unitId);
    const users = await visit.tx.countUsersOfUnit(unitId);
    if (users > 0) {
      throw new TwofoldError(
        'conflict',
        `The unit ${unit.name} still has ${users === 1 ? 'one user' : `${users.toLocaleString('en')} users`}. Move them to another unit first; nothing was removed.`,
        { reason: 'unit-not-empty', users },
      );
    }
    const { users: all } = await visit.tx.searchUsers(administratorSearch(visit.nowMs));
    const limited = all.find(({ administersUnitId }) => administersUnitId === unitId);
    if (limited !== undefined) {
      throw new TwofoldError(
        'conflict',
        `${limited.userName} administers the unit ${unit.name}. Change that role first; nothing was removed.`,
        { reason: 'unit-administered' },
      );
    }
    await visit.tx.removeUnit(unitId);
    await audit(visit, {
      event: 'unit-removed',
      subject: null,
      actor,
      summary: `The unit ${unit.name} was removed.`,
    });
  });
  context.events.emit('console:changed', {});
  return {};
}
