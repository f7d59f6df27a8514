// For other programs: every operation answers what the document says, acts as the key in the audit, and needs its scope.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ApiScope, Person } from '../../../src-shared/contract/index.ts';
import { operations } from '../../../src-main/hosts/http/api/operations.ts';
import { makeKey, type ProgramHost, refusalOf, startProgramHost } from '../../fakes/program-host.ts';
import { type Device, PASSWORD, STEP, type TestBrowser, World } from '../console/world.ts';

let world: World;
let host: ProgramHost;
let administrator: TestBrowser;
let administratorDevice: Device;
let userId: string;
let device: Device;
let key: string;
beforeEach(async () => {
  world = await World.create();
  ({ administrator, administratorDevice, userId, device } = await world.enrolled());
  ({ key } = await makeKey(world, administrator, [...ApiScope.options], {
    code: administratorDevice.code(),
  }));
  world.clock.advance(STEP);
  host = await startProgramHost(world);
});
afterEach(async () => {
  await host.close();
  expect(host.faults).toEqual([]);
});

async function makeServiceAccount(): Promise<void> {
  await world.addUser(administrator, 'backup.robot').then(async (id) => {
    await world.call(
      'administration:setServiceAccount',
      { userId: id, isServiceAccount: true, code: administratorDevice.code() },
      administrator,
    );
  });
  world.clock.advance(STEP);
}

/** A request of each operation that is done. */
const requests = (): Record<string, { path: string; body?: unknown }> => ({
  users: { path: '/users?search=jonas&filter=set-up&sort=created&descending=true&offset=0&limit=5' },
  addUser: { path: '/users', body: { userName: 'priya.nair', displayName: 'Priya Nair' } },
  user: { path: `/users/${userId}` },
  verifyCode: { path: `/users/${userId}/verify-code`, body: { code: device.code() } },
  resetFactor: { path: `/users/${userId}/reset-factor` },
  rollOut: { path: '/roll-out' },
  setTwoFactor: { path: '/two-factor', body: { on: false } },
  signIn: { path: '/sign-in', body: { userName: 'backup.robot', password: PASSWORD } },
});

describe('for other programs', () => {
  test('every operation answers what the document says', async () => {
    await makeServiceAccount();
    const ordered = operations.toSorted(
      (a, b) => Number(a.id === 'resetFactor') - Number(b.id === 'resetFactor'),
    );
    for (const { id, method, status, schemas } of ordered) {
      const request = requests()[id];
      if (request === undefined) throw new Error(`${id} has no request in this test.`);
      const answer = await host.ask(key, method, request.path, request.body);
      expect([id, answer.status]).toEqual([id, status]);
      expect(schemas.answer.safeParse(JSON.parse(answer.body)).error, id).toBeUndefined();
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  test('every operation is refused without a key, and with one that lacks its scope alone', async () => {
    for (const { id, method, scope } of operations) {
      const request = requests()[id] ?? { path: '' };
      expect(refusalOf(await host.ask(null, method, request.path, request.body))).toEqual([
        401,
        'not-signed-in',
      ]);
      const others = ApiScope.options.filter((one) => one !== scope);
      const made = await makeKey(world, administrator, others, {
        name: id,
        code: administratorDevice.code(),
      });
      world.clock.advance(STEP);
      expect(refusalOf(await host.ask(made.key, method, request.path, request.body))).toEqual([
        403,
        'not-permitted',
      ]);
    }
  });

  test('what is done is done as the key in the audit, with the record of the same action of an administrator', async () => {
    await host.ask(key, 'POST', '/users', { userName: 'priya.nair', displayName: 'Priya Nair' });
    await host.ask(key, 'POST', `/users/${userId}/reset-factor`);
    await host.ask(key, 'POST', '/two-factor', { on: false });
    const records = await world.audit(administrator);
    expect(records.slice(-3).map(({ event, actor, subject }) => [event, actor, subject])).toEqual([
      ['user-added', 'API key Payroll', 'priya.nair'],
      ['factor-reset', 'API key Payroll', 'jonas.frei'],
      ['two-factor-turned-off', 'API key Payroll', null],
    ]);
  });

  test('an added user signs in with the one-time password and is no administrator', async () => {
    const answer = await host.ask(key, 'POST', '/users', { userName: 'priya.nair', displayName: 'Priya' });
    const { user, oneTimePassword } = z
      .object({ user: z.object({ role: z.string() }), oneTimePassword: z.string() })
      .parse(JSON.parse(answer.body));
    expect(user.role).toBe('user');
    expect(await world.signIn(world.browser(), 'priya.nair', oneTimePassword)).toMatchObject({
      kind: 'change-password',
    });
    const again = { userName: 'PRIYA.NAIR', displayName: 'Priya' };
    expect(refusalOf(await host.ask(key, 'POST', '/users', again))).toEqual([409, 'already-exists']);
    const more = { userName: 'eve', displayName: 'Eve', role: 'administrator' };
    expect(refusalOf(await host.ask(key, 'POST', '/users', more))).toEqual([422, 'invalid-input']);
  });

  test('S3: a verified code is used up, for programs and for sign-ins', async () => {
    const code = device.code();
    const path = `/users/${userId}/verify-code`;
    expect((await host.ask(key, 'POST', path, { code })).status).toBe(200);
    expect(refusalOf(await host.ask(key, 'POST', path, { code }))).toEqual([422, 'code-refused']);
    const browser = world.browser();
    await world.signIn(browser, 'jonas.frei');
    await world.refused('console:submitCode', { code, trustBrowser: false }, browser, 'code-refused');
  });

  test('S3: of many submissions of one code at once exactly one is accepted', async () => {
    const code = device.code();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => host.ask(key, 'POST', `/users/${userId}/verify-code`, { code })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('S5: wrong codes lock the user’s codes, with Retry-After', async () => {
    const path = `/users/${userId}/verify-code`;
    const wrong = { code: device.wrongCode() };
    for (let round = 0; round < 4; round += 1) {
      expect(refusalOf(await host.ask(key, 'POST', path, wrong))).toEqual([422, 'code-refused']);
    }
    const locked = await host.ask(key, 'POST', path, wrong);
    expect(refusalOf(locked)).toEqual([429, 'locked-out']);
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0);
    const right = await host.ask(key, 'POST', path, { code: device.code() });
    expect(right.status).toBe(429);
    expect((await world.signIn(world.browser(), 'jonas.frei')).kind).toBe('code');
  });

  test('a code of somebody without a factor, of a deactivated user and of nobody', async () => {
    const without = await world.addUser(administrator, 'priya.nair');
    const body = { code: '123456' };
    expect(refusalOf(await host.ask(key, 'POST', `/users/${without}/verify-code`, body))).toEqual([
      409,
      'conflict',
    ]);
    await world.call(
      'administration:setActive',
      { userId, active: false, code: administratorDevice.code() },
      administrator,
    );
    expect(
      refusalOf(await host.ask(key, 'POST', `/users/${userId}/verify-code`, { code: device.code() })),
    ).toEqual([409, 'conflict']);
    expect(refusalOf(await host.ask(key, 'POST', '/users/nobody/verify-code', body))).toEqual([
      404,
      'not-found',
    ]);
  });

  test('G15: a service account signs in without a code and gets nothing secret', async () => {
    await makeServiceAccount();
    const answer = await host.ask(key, 'POST', '/sign-in', { userName: 'backup.robot', password: PASSWORD });
    expect(answer.status).toBe(200);
    const { user } = z.strictObject({ user: Person }).parse(JSON.parse(answer.body));
    expect(user).toMatchObject({ userName: 'backup.robot', role: 'user' });
    expect((await world.audit(administrator)).at(-1)).toMatchObject({
      event: 'signed-in',
      actor: 'API key Payroll',
      subject: 'backup.robot',
    });
  });

  test('input that does not fit is told by path, never by value', async () => {
    const answer = await host.ask(key, 'POST', '/sign-in', { userName: 'x', password: ['hunter2'] });
    expect(refusalOf(answer)).toEqual([422, 'invalid-input']);
    expect(answer.body).toContain('password');
    expect(answer.body).not.toContain('hunter2');
    expect(refusalOf(await host.ask(key, 'GET', '/users?limit=501'))).toEqual([422, 'invalid-input']);
    expect(refusalOf(await host.ask(key, 'GET', '/users?limit=5&limit=6'))).toEqual([422, 'invalid-input']);
    expect(refusalOf(await host.ask(key, 'GET', '/nothing'))).toEqual([404, 'unknown-method']);
    expect(refusalOf(await host.ask(key, 'POST', '/roll-out'))).toEqual([405, 'unknown-method']);
  });
});
