// S18: every event is audited by one path, the chain names the first broken record, and nothing secret is in it.
import { readdir, readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { auditEvents } from '../../../src-main/console/audit.ts';
import { Programs } from '../../../src-main/console/programs.ts';
import { trimByPolicy } from '../../../src-main/console/audit-keeping.ts';
import {
  DAY,
  MINUTE,
  PASSWORD,
  STEP,
  type TestBrowser,
  WatchedStore,
  World,
  describeEmbedded,
  embeddedTest,
} from './world.ts';
import { MemoryChangeStore } from '../../../src-main/storage/memory-change-store.ts';
import { everybody, wholeAudit } from '../../fakes/console-queries.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

/** Resynchronisation, restore drill, recovery codes and break-glass, by an administrator without a device in the end. */
async function walkWaysOn(
  administrator: TestBrowser,
  own: <T>(work: (code: string) => Promise<T>) => Promise<T>,
) {
  const id = await world.addUser(administrator, 'amara.okafor');
  const browser = world.browser('Amara’s browser');
  const device = await world.setUp(browser, 'amara.okafor');
  await own((code) =>
    world.call(
      'administration:setRole',
      { userId: id, role: 'administrator', administersUnitId: null, code },
      administrator,
    ),
  );
  await world.console.context.repository.transact(async (tx) => {
    const organization = await tx.organization();
    if (organization === null) throw new Error('There is no organization.');
    await tx.putOrganization({ ...organization, policy: { ...organization.policy, recoveryCodes: true } });
  });
  await world.call('console:proveBackup', { code: device.code() }, browser);
  world.clock.advance(STEP);
  const { codes } = await world.call('console:makeRecoveryCodes', { code: device.code() }, browser);
  await world.signIn(browser, 'amara.okafor');
  const wrong = { code: 'AAAA-BBBB-CCCC-DDDD' };
  await world.refused('console:submitRecoveryCode', wrong, browser, 'code-refused');
  await world.call('console:submitRecoveryCode', { code: codes[0] ?? '' }, browser);
  world.clock.advance(2 * STEP);
  await world.signIn(browser, 'amara.okafor');
  await world.call(
    'console:resynchronize',
    { first: device.code(-1), second: device.code(), trustBrowser: false },
    browser,
  );

  const make = () => own((code) => world.call('administration:makeBreakGlass', { code }, administrator));
  await make();
  await own((code) => world.call('administration:removeBreakGlass', { code }, administrator));
  const sealed = (await make()).codes;
  await world.signIn(browser, 'amara.okafor');
  await world.refused('console:useBreakGlass', wrong, browser, 'code-refused');
  await world.call('console:useBreakGlass', { code: sealed[0] ?? '' }, browser);
  await own((code) => world.call('console:cancelBreakGlass', { code }, administrator));
  await world.signIn(browser, 'amara.okafor');
  await world.call('console:useBreakGlass', { code: sealed[1] ?? '' }, browser);
  world.clock.advance(DAY);
  await world.signIn(browser, 'amara.okafor');
  await world.call('console:useBreakGlass', { code: sealed[1] ?? '' }, browser);
  await world.call('console:cancelSignIn', {}, browser);
  await world.signIn(administrator, 'maria.keller');
  await own((code) => world.submitCode(administrator, code));
}

/** Units, a user's change and end, and the export of the list. */
async function walkUnitsAndUsers(
  administrator: TestBrowser,
  own: <T>(work: (code: string) => Promise<T>) => Promise<T>,
): Promise<void> {
  const { id: unitId } = await world.call('administration:addUnit', { name: 'Sales' }, administrator);
  await world.call('administration:renameUnit', { unitId, name: 'Selling' }, administrator);
  await world.call('administration:removeUnit', { unitId }, administrator);
  const names = { userName: 'short.lived', displayName: 'Short Lived', unitId: null };
  const { user } = await world.call('administration:addUser', { ...names, role: 'user' }, administrator);
  const edited = { ...names, userId: user.id, displayName: 'Shorter' };
  await own((code) => world.call('administration:editUser', { ...edited, code }, administrator));
  await own((code) => world.call('administration:deleteUser', { userId: user.id, code }, administrator));
  const { offset: _offset, limit: _limit, ...query } = everybody;
  await world.call('administration:exportUsers', query, administrator);
}

/** Policy, the deadline of the roll-out, and the audit as a file. */
async function walkOrganization(
  administrator: TestBrowser,
  own: <T>(work: (code: string) => Promise<T>) => Promise<T>,
) {
  const { policy } = await world.call('administration:policy', {}, administrator);
  await own((code) =>
    world.call(
      'administration:savePolicy',
      { policy: { ...policy, auditRetentionDays: 1 }, code },
      administrator,
    ),
  );
  const deadlineMs = world.clock.nowMs() + 30 * DAY;
  await own((code) => world.call('administration:setDeadline', { deadlineMs, code }, administrator));
  const { beforeSequence: _before, limit: _most, ...query } = wholeAudit;
  await world.call('administration:exportAudit', { ...query, format: 'csv' }, administrator);
}

/** An API key, made and revoked, and one that nobody made. */
async function walkApiKeys(
  administrator: TestBrowser,
  own: <T>(work: (code: string) => Promise<T>) => Promise<T>,
): Promise<void> {
  const { record } = await own((code) =>
    world.call(
      'administration:makeApiKey',
      { name: 'Payroll', scopes: ['users:read'], expiresAtMs: null, code },
      administrator,
    ),
  );
  await own((code) => world.call('administration:revokeApiKey', { keyId: record.id, code }, administrator));
  await expect(new Programs(world.console.context).admit('twofold_wrong', 'users')).rejects.toMatchObject({
    code: 'not-signed-in',
  });
}

/** Goes every path of the console once, so that every event is written. */
async function walkEveryPath() {
  const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
  const wrong = { userName: 'jonas.frei', password: 'typed in anger 77' };
  const own = async <T>(work: (code: string) => Promise<T>): Promise<T> => {
    world.clock.advance(STEP);
    return work(administratorDevice.code());
  };
  await walkWaysOn(administrator, own);
  await walkUnitsAndUsers(administrator, own);
  await walkOrganization(administrator, own);
  await walkApiKeys(administrator, own);

  for (let round = 0; round < 11; round += 1) {
    await world.refused('console:signIn', wrong, world.browser(), 'sign-in-refused');
  }
  await own((code) => world.call('administration:unlock', { userId, code }, administrator));
  await world.signInWithCode(browser, 'jonas.frei', device, true);
  const thief = browser.copy('Thief');
  await world.signOut(browser);
  await world.signIn(browser, 'jonas.frei');
  await world.signIn(thief, 'jonas.frei');
  await world.call('console:cancelSignIn', {}, thief);

  await world.signInWithCode(browser, 'jonas.frei', device);
  await world.call('console:startReset', { code: device.code() }, browser);
  await world.call('console:cancelReset', {}, browser);
  world.clock.advance(STEP);
  const next = world.device(await world.call('console:startReset', { code: device.code() }, browser));
  await world.refused('console:confirmReset', { code: next.wrongCode() }, browser, 'code-refused');
  await world.call('console:confirmReset', { code: next.code() }, browser);
  world.clock.advance(STEP);
  for (let round = 0; round < 4; round += 1) {
    await world.refused('console:startReset', { code: next.wrongCode() }, browser, 'code-refused');
  }
  await world.refused('console:startReset', { code: next.wrongCode() }, browser, 'locked-out');
  await own((code) => world.call('administration:unlock', { userId, code }, administrator));
  await world.console.context.repository.transact(async (tx) => {
    const factor = await tx.factor((await tx.user(userId))?.factorId ?? '');
    if (factor !== null) await tx.putFactor({ ...factor, consecutiveFailures: 99 });
  });
  await world.refused('console:startReset', { code: next.wrongCode() }, browser, 'locked-out');
  await own((code) => world.call('administration:resetTrustedBrowsers', { userId, code }, administrator));
  await own((code) => world.call('administration:endSessions', { userId, code }, administrator));
  await own((code) => world.call('administration:resetFactor', { userId, code }, administrator));
  const step = await world.signIn(browser, 'jonas.frei');
  await world.refused(
    'console:confirmSetUp',
    { code: world.device(step).wrongCode() },
    browser,
    'code-refused',
  );
  await own((code) =>
    world.call(
      'administration:setRole',
      { userId, role: 'administrator', administersUnitId: null, code },
      administrator,
    ),
  );
  for (const active of [false, true]) {
    await own((code) => world.call('administration:setActive', { userId, active, code }, administrator));
  }
  for (const isServiceAccount of [true, false]) {
    await own((code) =>
      world.call('administration:setServiceAccount', { userId, isServiceAccount, code }, administrator),
    );
  }
  await own((code) => world.call('administration:newOneTimePassword', { userId, code }, administrator));
  await own((code) => world.call('administration:setTwoFactor', { turnOn: false, code }, administrator));
  await world.call('administration:renameOrganization', { name: 'Northwind Traders' }, administrator);
  world.clock.advance(31 * MINUTE);
  await world.step(administrator);
  await world.signIn(administrator, 'maria.keller');
  return { administrator, device, next, step };
}

describe('S18', () => {
  test('every kind of event is written by some path, and each record is complete', async () => {
    const { administrator } = await walkEveryPath();
    const records = await world.audit(administrator);
    world.clock.advance(2 * DAY);
    expect(await trimByPolicy(world.console.context, 5)).toBeGreaterThan(0);
    await world.signIn(administrator, 'maria.keller');
    const kept = await world.audit(administrator);
    expect([...new Set([...records, ...kept].map(({ event }) => event))].sort()).toEqual(
      // One chain needs no anchors, and a move needs a database: test/database walks those paths. Work on the key has
      // tests of its own: key-rotation.
      Object.keys(auditEvents)
        .filter((event) => !/^(audit-anchored$|console-move|sealing-key-)/.test(event))
        .sort(),
    );
    for (const [index, record] of records.entries()) {
      expect(record.sequence).toBe(index + 1);
      expect(record.summary).toMatch(/^\S.*\.$/);
      expect(record.browser).not.toBe('');
    }
    expect(await world.call('administration:verifyAudit', {}, administrator)).toEqual({
      kind: 'intact',
      records: kept.length,
      firstSequence: kept[0]?.sequence,
    });
  });

  test('one code path: nothing but audit.ts appends to the log', async () => {
    const folder = new URL('../../../src-main/console/', import.meta.url);
    const callers: string[] = [];
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      if ((await readFile(new URL(name, folder), 'utf8')).includes('.appendAudit(')) callers.push(name);
    }
    expect(callers).toEqual(['audit.ts']);
  });

  test('S8: no code, secret, token or password is in the log', async () => {
    const { administrator, device, next, step } = await walkEveryPath();
    // Without the hashes, whose digits could look like a code by chance.
    const records = (await world.audit(administrator)).map(({ atMs: _atMs, ...words }) => words);
    const log = JSON.stringify(records);
    const stored = JSON.stringify([...((await world.tables()).get('audit')?.values() ?? [])]);
    expect(log.length).toBeGreaterThan(1000);
    for (const steps of [-3, -2, -1, 0, 1]) {
      expect(log).not.toContain(device.code(steps));
      expect(log).not.toContain(next.code(steps));
    }
    const secret = step.kind === 'set-up' ? step.sheet.groupedSecret.replaceAll(' ', '') : 'never';
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(PASSWORD);
    expect(stored).not.toContain('typed in anger 77');
    for (const { value } of administrator.slots.values()) expect(stored).not.toContain(value);
  });

  test('a user name that nobody has is not written: people type passwords there', async () => {
    const administrator = await world.createOrganization();
    const typed = 'my secret password';
    await world.refused(
      'console:signIn',
      { userName: typed, password: 'x' },
      world.browser(),
      'sign-in-refused',
    );
    expect(await world.stored()).not.toContain(typed);
    const last = (await world.audit(administrator)).at(-1);
    expect(last).toMatchObject({ event: 'password-refused', subject: null, outcome: 'failure' });
  });

  embeddedTest('an action and its record are one: when it cannot be written, neither happened', async () => {
    const administrator = await world.createOrganization();
    const records = await world.audit(administrator);
    world.store.failsWith = new Error('disk full');
    await world.refused(
      'administration:setTwoFactor',
      { turnOn: true, code: null },
      administrator,
      'storage-failed',
    );
    world.store.failsWith = null;
    expect(await world.audit(administrator)).toEqual(records);
    const directory = await world.call('administration:directory', everybody, administrator);
    expect(directory.twoFactorOn).toBe(false);
  });

  test('the log is read in pages, newest first, and searched', async () => {
    const { administrator } = await walkEveryPath();
    const read = (search: string, beforeSequence: number | null, limit: number) =>
      world.call('administration:audit', { ...wholeAudit, search, beforeSequence, limit }, administrator);
    const first = await read('', null, 5);
    expect(first.records).toHaveLength(5);
    const second = await read('', first.records.at(-1)?.sequence ?? null, 5);
    expect(second.records[0]?.sequence).toBe((first.records.at(-1)?.sequence ?? 0) - 1);
    const stolen = await read('STOLEN', null, 50);
    expect(stolen.total).toBe(1);
    expect(stolen.records).toHaveLength(1);
    expect((await read('', 1, 5)).records).toEqual([]);
  });
});

describeEmbedded('S18: verify names the first broken record', () => {
  const tampered = async (tamper: (log: Map<string, unknown>) => void) => {
    const administrator = await world.createOrganization();
    for (let round = 0; round < 6; round += 1) {
      await world.call('administration:renameOrganization', { name: `Name ${round}` }, administrator);
    }
    const tables = await world.tables();
    const log = tables.get('audit') ?? new Map<string, unknown>();
    tamper(log);
    class Tampered extends MemoryChangeStore {
      override load() {
        return Promise.resolve(tables);
      }
    }
    world = await World.create(new WatchedStore(new Tampered()));
    return world.call('administration:verifyAudit', {}, administrator);
  };
  const changed = (log: Map<string, unknown>, id: string, change: object): void => {
    log.set(id, Object.assign({}, log.get(id), change));
  };

  test.each([
    [
      'a changed sentence',
      (log: Map<string, unknown>) => changed(log, '4', { summary: 'Nothing happened.' }),
      4,
    ],
    ['a changed time', (log: Map<string, unknown>) => changed(log, '3', { atMs: 0 }), 3],
    ['a changed actor', (log: Map<string, unknown>) => changed(log, '5', { actor: 'eve' }), 5],
    ['an added field', (log: Map<string, unknown>) => changed(log, '5', { extra: 1 }), 5],
    ['a missing record', (log: Map<string, unknown>) => log.delete('4'), 4],
    ['the last record missing', (log: Map<string, unknown>) => log.delete('8'), 8],
    ['a forged record at the end', (log: Map<string, unknown>) => log.set('9', log.get('8')), 9],
    ['a record that is none', (log: Map<string, unknown>) => log.set('2', 'gone'), 2],
    [
      'two records exchanged',
      (log: Map<string, unknown>) => {
        const [fourth, fifth] = [log.get('4'), log.get('5')];
        log.set('4', fifth).set('5', fourth);
      },
      4,
    ],
    [
      'a changed record with its own hash made anew',
      (log: Map<string, unknown>) => changed(log, '4', { summary: 'x', hash: 'f'.repeat(64) }),
      4,
    ],
  ])('%s', async (_what, tamper, firstBrokenSequence) => {
    expect(await tampered(tamper)).toMatchObject({ kind: 'broken', firstBrokenSequence });
  });

  embeddedTest('untouched, it is intact, also after a restart', async () => {
    expect(await tampered(() => undefined)).toEqual({ kind: 'intact', records: 8, firstSequence: 1 });
    world.clock.advance(DAY);
  });
});
