// Units: what an administrator of the organization does with them, and how far one of a unit reaches, over every method.
import { beforeEach, describe, expect, test } from 'vitest';
import {
  type Input,
  isMethodName,
  type MethodName,
  type MethodOf,
  methods,
} from '../../../src-shared/contract/index.ts';
import { samples } from '../../contract/samples.ts';
import { everybody } from '../../fakes/console-queries.ts';
import { createUnits, type UnitWorld } from './unit-world.ts';
import { World } from './world.ts';

let world: World;
let units: UnitWorld;
beforeEach(async () => {
  world = await World.create();
  units = await createUnits(world);
});

const unitsSeenBy = async (browser: UnitWorld['administrator']) =>
  (await world.call('administration:directory', everybody, browser)).units;

describe('issue 4, units', () => {
  test('are added, renamed, and removed once they are empty, each with its record', async () => {
    const { administrator, salesId, labId, outsideId } = units;
    expect((await unitsSeenBy(administrator)).map(({ name, users }) => [name, users])).toEqual([
      ['Lab', 1],
      ['Sales', 2],
    ]);
    expect(
      await world.call('administration:renameUnit', { unitId: labId, name: ' Laboratory ' }, administrator),
    ).toEqual({ id: labId, name: 'Laboratory', users: 1 });
    const full = await world.refused(
      'administration:removeUnit',
      { unitId: labId },
      administrator,
      'conflict',
    );
    expect(full.details).toMatchObject({ reason: 'unit-not-empty', users: 1 });
    await world.call('administration:deleteUser', { userId: outsideId, code: null }, administrator);
    await world.call('administration:removeUnit', { unitId: labId }, administrator);
    await world.refused('administration:removeUnit', { unitId: labId }, administrator, 'not-found');
    await world.refused(
      'administration:renameUnit',
      { unitId: labId, name: 'x' },
      administrator,
      'not-found',
    );
    expect((await unitsSeenBy(administrator)).map(({ id }) => id)).toEqual([salesId]);
    const records = await world.audit(administrator);
    const ofUnits = records.filter(({ event }) => event.startsWith('unit-')).map(({ summary }) => summary);
    expect(ofUnits).toEqual([
      'The unit Sales was added.',
      'The unit Lab was added.',
      'The unit Lab is now named Laboratory.',
      'The unit Laboratory was removed.',
    ]);
  });

  test('a name is taken however it is written; its own may be written anew', async () => {
    const { administrator, salesId } = units;
    await world.refused('administration:addUnit', { name: ' SALES ' }, administrator, 'already-exists');
    await world.refused(
      'administration:renameUnit',
      { unitId: salesId, name: 'lab' },
      administrator,
      'already-exists',
    );
    await world.call('administration:renameUnit', { unitId: salesId, name: 'SALES' }, administrator);
  });

  test('one that somebody administers is not removed', async () => {
    const { administrator, salesId, salesAdministratorId, insideId } = units;
    for (const userId of [salesAdministratorId, insideId]) {
      const { userName, displayName } = await world.call('administration:user', { userId }, administrator);
      await world.call(
        'administration:editUser',
        { userId, userName, displayName, unitId: null, code: null },
        administrator,
      );
    }
    const error = await world.refused(
      'administration:removeUnit',
      { unitId: salesId },
      administrator,
      'conflict',
    );
    expect(error.details).toEqual({ reason: 'unit-administered' });
    expect(error.message).toContain('sara.sales');
    await world.call(
      'administration:setRole',
      { userId: salesAdministratorId, role: 'user', administersUnitId: null, code: null },
      administrator,
    );
    await world.call('administration:removeUnit', { unitId: salesId }, administrator);
  });

  test('users filter by unit', async () => {
    const inSales = await world.call(
      'administration:directory',
      { ...everybody, unitId: units.salesId },
      units.administrator,
    );
    expect(inSales.users.map(({ userName }) => userName)).toEqual(['ines.inside', 'sara.sales']);
    expect(inSales).toMatchObject({ matching: 2, counts: { total: 4 }, limitedToUnitId: null });
  });
});

type Method = MethodOf<'administration'>;

/**
 * How far an administrator of a unit reaches with each method. `user`: with users of the unit, and no others.
 * `unit`: answers for the unit alone. `organization`: not at all.
 */
const reach = {
  'administration:directory': 'unit',
  'administration:user': 'user',
  'administration:addUser': 'unit',
  'administration:editUser': 'user',
  'administration:deleteUser': 'user',
  'administration:newOneTimePassword': 'user',
  'administration:setRole': 'organization',
  'administration:setActive': 'user',
  'administration:setServiceAccount': 'user',
  'administration:resetFactor': 'user',
  'administration:resetTrustedBrowsers': 'user',
  'administration:endSessions': 'user',
  'administration:unlock': 'user',
  'administration:bulk': 'unit',
  'administration:previewUserImport': 'unit',
  'administration:importUsers': 'unit',
  'administration:exportUsers': 'unit',
  'administration:addUnit': 'organization',
  'administration:renameUnit': 'organization',
  'administration:removeUnit': 'organization',
  'administration:previewTwoFactor': 'organization',
  'administration:setTwoFactor': 'organization',
  'administration:renameOrganization': 'organization',
  'administration:rollOut': 'organization',
  'administration:setDeadline': 'organization',
  'administration:policy': 'organization',
  'administration:judgePolicy': 'organization',
  'administration:savePolicy': 'organization',
  'administration:explain': 'user',
  'administration:audit': 'organization',
  'administration:exportAudit': 'organization',
  'administration:verifyAudit': 'organization',
  'administration:lastAuditCheck': 'organization',
  'administration:apiKeys': 'organization',
  'administration:makeApiKey': 'organization',
  'administration:revokeApiKey': 'organization',
  'administration:breakGlass': 'organization',
  'administration:makeBreakGlass': 'organization',
  'administration:removeBreakGlass': 'organization',
} as const satisfies Record<Method, 'user' | 'unit' | 'organization'>;

const isAdministration = (name: string): name is Method => isMethodName(name) && name in reach;
const methodsOf = (kind: 'user' | 'unit' | 'organization'): Method[] =>
  Object.keys(reach)
    .filter(isAdministration)
    .filter((name) => reach[name] === kind);

/** The sample of the method, with that user in it, and without a code: these administrators have no factor. */
const sampleFor = (name: MethodName, userId: string): unknown => {
  const changes: object = { userId, code: null, administersUnitId: null };
  const sample: object = samples[name];
  return Object.fromEntries(
    Object.entries(sample).map(([field, value]: [string, unknown]) => [
      field,
      field in changes ? Reflect.get(changes, field) : value,
    ]),
  );
};

describe('issue 4, an administrator of a unit', () => {
  test('the table holds every administrator method of the contract', () => {
    expect(Object.keys(reach).sort()).toEqual(
      Object.keys(methods)
        .filter((name) => name.startsWith('administration:'))
        .sort(),
    );
  });

  test.each(methodsOf('organization'))('%s is not permitted, and nothing is written', async (name) => {
    const commits = world.store.commits.length;
    const answer = await world.router(name, sampleFor(name, units.insideId), units.salesAdministrator);
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'not-permitted', details: { reason: 'unit-administrator' } },
    });
    expect(world.store.commits).toHaveLength(commits);
  });

  test.each(methodsOf('user'))('%s knows no user of another unit, nor of none', async (name) => {
    const ownerId =
      (await world.call('administration:directory', { ...everybody, search: 'maria' }, units.administrator))
        .users[0]?.id ?? '';
    for (const userId of [units.outsideId, ownerId]) {
      const commits = world.store.commits.length;
      const answer = await world.router(name, sampleFor(name, userId), units.salesAdministrator);
      expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
      expect(world.store.commits).toHaveLength(commits);
    }
  });

  test.each(
    methodsOf('user').filter((name) => name !== 'administration:user' && name !== 'administration:explain'),
  )('%s has no power over an administrator of the organization who belongs to the unit', async (name) => {
    const aboveId = await world.addUser(units.administrator, 'above');
    const more = { userId: aboveId, code: null };
    await world.call(
      'administration:editUser',
      { ...more, userName: 'above', displayName: 'Above', unitId: units.salesId },
      units.administrator,
    );
    await world.call(
      'administration:setRole',
      { ...more, role: 'administrator', administersUnitId: null },
      units.administrator,
    );
    const commits = world.store.commits.length;
    const answer = await world.router(name, sampleFor(name, aboveId), units.salesAdministrator);
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-permitted' } });
    expect(world.store.commits).toHaveLength(commits);
  });

  test.each(methodsOf('user'))('%s works on a user of the unit', async (name) => {
    const inside = { userId: units.insideId, code: null };
    const sample = sampleFor(name, units.insideId);
    const input: unknown =
      name === 'administration:editUser'
        ? { ...inside, userName: 'ines.inner', displayName: 'Ines', unitId: units.salesId }
        : sample;
    expect(await world.router(name, input, units.salesAdministrator)).toMatchObject({ ok: true });
  });

  test('sees the unit alone: users, counts, units, files', async () => {
    const seen = await world.call('administration:directory', everybody, units.salesAdministrator);
    expect(seen.users.map(({ userName }) => userName)).toEqual(['ines.inside', 'sara.sales']);
    expect(seen).toMatchObject({ matching: 2, counts: { total: 2 }, limitedToUnitId: units.salesId });
    expect(seen.units.map(({ name }) => name)).toEqual(['Sales']);
    const query = { search: '', filter: 'all', unitId: null, sort: 'user-name', descending: false } as const;
    const file = await world.call('administration:exportUsers', query, units.salesAdministrator);
    const text = new TextDecoder().decode(file.content);
    expect(text).toContain('ines.inside');
    expect(text).not.toContain('otto.outside');
    const elsewhere = { ...query, unitId: units.labId };
    expect(
      new TextDecoder().decode(
        (await world.call('administration:exportUsers', elsewhere, units.salesAdministrator)).content,
      ),
    ).not.toContain('otto.outside');
  });

  test('adds users to the unit alone, and no administrators', async () => {
    const newcomer = { userName: 'new', displayName: 'New', role: 'user', unitId: null } as const;
    const { user } = await world.call('administration:addUser', newcomer, units.salesAdministrator);
    expect(user.unitId).toBe(units.salesId);
    await world.refused(
      'administration:addUser',
      { ...newcomer, userName: 'b', unitId: units.labId },
      units.salesAdministrator,
      'not-permitted',
    );
    await world.refused(
      'administration:addUser',
      { ...newcomer, userName: 'b', role: 'administrator' },
      units.salesAdministrator,
      'not-permitted',
    );
  });

  test('cannot give a user away by editing, nor take one in', async () => {
    const given: Input<'administration:editUser'> = {
      userId: units.insideId,
      userName: 'ines.inside',
      displayName: 'x',
      unitId: null,
      code: null,
    };
    await world.refused('administration:editUser', given, units.salesAdministrator, 'not-permitted');
    await world.refused(
      'administration:editUser',
      { ...given, unitId: units.labId },
      units.salesAdministrator,
      'not-permitted',
    );
    const bulk: Input<'administration:bulk'> = {
      action: 'set-unit',
      unitId: units.salesId,
      users: { kind: 'named', ids: [units.outsideId] },
      code: null,
    };
    await world.refused('administration:bulk', bulk, units.salesAdministrator, 'not-permitted');
  });

  test('many at once: others are as unknown as nobody', async () => {
    const ids = [units.outsideId, 'nobody', units.insideId];
    const bulk = { action: 'deactivate', unitId: null, users: { kind: 'named', ids }, code: null } as const;
    const { done, notDone } = await world.call('administration:bulk', bulk, units.salesAdministrator);
    expect(done).toBe(1);
    expect(notDone[0]).toEqual(notDone[1]);
    expect(JSON.stringify(notDone)).not.toContain('otto');
    const all = { search: '', filter: 'all', unitId: null, sort: 'user-name', descending: false } as const;
    await world.call(
      'administration:bulk',
      { ...bulk, users: { kind: 'matching', query: all } },
      units.salesAdministrator,
    );
    expect(
      await world.call('administration:user', { userId: units.outsideId }, units.administrator),
    ).toMatchObject({ active: true });
  });

  test('S20: is not counted as the administrator who must stay', async () => {
    const owner =
      (await world.call('administration:directory', { ...everybody, search: 'maria' }, units.administrator))
        .users[0]?.id ?? '';
    await world.refused(
      'administration:setRole',
      { userId: owner, role: 'administrator', administersUnitId: units.salesId, code: null },
      units.administrator,
      'conflict',
    );
    await world.refused(
      'administration:setActive',
      { userId: owner, active: false, code: null },
      units.administrator,
      'conflict',
    );
  });
});
