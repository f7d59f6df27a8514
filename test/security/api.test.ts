// For other programs: keys that are not in force, browsers, foreign names, floods, and secrets in what is stored or told.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeKey, type ProgramHost, refusalOf, startProgramHost } from '../fakes/program-host.ts';
import { send } from '../fakes/loopback-page.ts';
import { DAY, MINUTE, PASSWORD, type TestBrowser, World } from '../unit/console/world.ts';

let world: World;
let host: ProgramHost;
let administrator: TestBrowser;
beforeEach(async () => {
  world = await World.create();
  administrator = await world.createOrganization();
  host = await startProgramHost(world);
});
afterEach(async () => {
  await host.close();
  expect(host.faults).toEqual([]);
});

describe('keys', () => {
  test('one that nobody made, a part of one, one that is over and one that was revoked get the same answer', async () => {
    const expiresAtMs = world.clock.nowMs() + DAY;
    const over = await makeKey(world, administrator, ['users:read'], { name: 'Over', expiresAtMs });
    const revoked = await makeKey(world, administrator, ['users:read'], { name: 'Revoked' });
    const live = await makeKey(world, administrator, ['users:read'], { name: 'Live' });
    for (const { key } of [over, revoked, live])
      expect((await host.ask(key, 'GET', '/users')).status).toBe(200);
    world.clock.advance(DAY);
    await world.signIn(administrator, 'maria.keller');
    await world.call('administration:revokeApiKey', { keyId: revoked.id, code: null }, administrator);
    const answers = await Promise.all(
      [null, over.key, revoked.key, live.key.slice(0, -1), `${live.key}A`, 'x'].map((key) =>
        host.ask(key, 'GET', '/users'),
      ),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(answers[0]?.headers['www-authenticate']).toBe('Bearer');
    expect((await host.ask(live.key, 'GET', '/users')).status).toBe(200);
  });

  test('the key is in no record, no audit and no answer but the one that made it', async () => {
    const { key } = await makeKey(world, administrator, ['users:read', 'sign-in']);
    const answers = [
      await host.ask(key, 'GET', '/users'),
      await host.ask(key, 'POST', '/sign-in', { userName: 'maria.keller', password: `${PASSWORD}x` }),
      await host.ask(`${key}x`, 'GET', '/users'),
    ];
    const listed = await world.call('administration:apiKeys', {}, administrator);
    const records = await world.audit(administrator);
    const all = [
      await world.stored(),
      JSON.stringify(listed),
      JSON.stringify(records),
      ...answers.map(({ body }) => body),
    ];
    for (const text of all) {
      expect(text).not.toContain(key);
      expect(text).not.toContain(key.slice('twofold_'.length));
      expect(text).not.toContain(PASSWORD);
    }
  });

  test('a key goes on when the administrator who made it is deactivated', async () => {
    const { key } = await makeKey(world, administrator, ['users:read']);
    await world.addUser(administrator, 'amara.okafor', 'administrator');
    const other = world.browser();
    await world.signIn(other, 'amara.okafor');
    const { user } = await world
      .call('console:myAccount', {}, administrator)
      .then(({ person }) => ({ user: person }));
    await world.call('administration:setActive', { userId: user.id, active: false, code: null }, other);
    expect((await host.ask(key, 'GET', '/users')).status).toBe(200);
  });
});

describe('where requests come from', () => {
  const path = '/users';

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['our own page', { origin: 'http://127.0.0.1' }],
    ['a page without an origin', { origin: 'null' }],
    ['a page’s request without Origin', { 'sec-fetch-site': 'same-origin' }],
  ])('%s is refused with a right key', async (_name, headers) => {
    const { key } = await makeKey(world, administrator, ['users:read']);
    expect(refusalOf(await host.ask(key, 'GET', path, undefined, headers))).toEqual([403, 'sender-refused']);
  });

  test('DNS rebinding: another Host is refused with a right key', async () => {
    const { key } = await makeKey(world, administrator, ['users:read']);
    const answer = await host.ask(key, 'GET', path, undefined, { host: 'evil.example' });
    expect(answer.status).toBe(421);
  });

  test('a cookie opens nothing, and a question before a request (CORS) is answered with nothing', async () => {
    const cookie = `twofold-test0003-session=${administrator.read('session') ?? ''}`;
    expect(refusalOf(await host.ask(null, 'GET', path, undefined, { cookie }))).toEqual([
      401,
      'not-signed-in',
    ]);
    const asked = await send(host.address, {
      method: 'OPTIONS',
      path: '/api/v1/users',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
    });
    expect(asked.status).toBe(403);
    expect(Object.keys(asked.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('a form’s content type, a body that is too large and one that is no JSON are refused', async () => {
    const { key } = await makeKey(world, administrator, ['two-factor:write']);
    const post = (body: string, type = 'application/json') =>
      send(host.address, {
        method: 'POST',
        path: '/api/v1/two-factor',
        headers: { authorization: `Bearer ${key}`, 'content-type': type },
        body,
      });
    expect((await post('{"on":true}', 'text/plain')).status).toBe(415);
    expect((await post(`{"on":true${' '.repeat(20_000)}}`)).status).toBe(413);
    expect(refusalOf(await post('{"on"'))).toEqual([422, 'invalid-input']);
    expect((await world.audit(administrator)).some(({ event }) => event === 'two-factor-turned-on')).toBe(
      false,
    );
  });
});

describe('floods', () => {
  test('refused keys are slowed down, written into the audit once a minute, and do not stop a right key', async () => {
    const { key } = await makeKey(world, administrator, ['users:read']);
    const before = world.store.commits.length;
    const answers = [];
    for (let round = 0; round < 50; round += 1)
      answers.push(await host.ask('twofold_wrong', 'GET', '/users'));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(20);
    const slowed = answers.filter(({ status }) => status === 429);
    expect(slowed).toHaveLength(30);
    expect(Number(slowed[0]?.headers['retry-after'])).toBe(60);
    expect(world.store.commits.length - before).toBe(1);
    expect((await host.ask(key, 'GET', '/users')).status).toBe(200);

    world.clock.advance(MINUTE);
    expect((await host.ask('twofold_wrong', 'GET', '/users')).status).toBe(401);
    const refused = (await world.audit(administrator)).filter(({ event }) => event === 'api-key-refused');
    expect(refused).toHaveLength(2);
    expect(refused[1]?.summary).toContain('49 times');
  });

  test('the last use is written down at most once a minute', async () => {
    const { key } = await makeKey(world, administrator, ['users:read']);
    const before = world.store.commits.length;
    for (let round = 0; round < 10; round += 1) await host.ask(key, 'GET', '/users');
    expect(world.store.commits.length - before).toBe(1);
    const usedAtMs = world.clock.nowMs();
    const { keys } = await world.call('administration:apiKeys', {}, administrator);
    expect(keys[0]?.lastUsedAtMs).toBe(usedAtMs);
    world.clock.advance(MINUTE);
    await host.ask(key, 'GET', '/users');
    expect(world.store.commits.length - before).toBe(2);
  });
});

describe('S15', () => {
  test('one answer after the same work for nobody, a wrong password, and a person of whom a code is asked', async () => {
    const { key } = await makeKey(world, administrator, ['sign-in']);
    await world.addUser(administrator, 'jonas.frei');
    await world.turnOn(administrator);
    const bodies = [
      { userName: 'nobody.here', password: PASSWORD },
      { userName: 'jonas.frei', password: 'something else 77' },
      { userName: 'jonas.frei', password: PASSWORD },
    ];
    const answers = [];
    for (const body of bodies) {
      const verified = world.hasher.verified;
      answers.push(await host.ask(key, 'POST', '/sign-in', body));
      expect(world.hasher.verified - verified).toBe(1);
    }
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(refusalOf(answers[0] ?? { status: 0, headers: {}, body: '' })).toEqual([403, 'sign-in-refused']);
  });

  test('a right password of a person who needs a code counts as a wrong one, so that no lock tells of it', async () => {
    const { key } = await makeKey(world, administrator, ['sign-in']);
    await world.addUser(administrator, 'jonas.frei');
    await world.turnOn(administrator);
    const body = { userName: 'jonas.frei', password: PASSWORD };
    for (let round = 0; round < 11; round += 1) {
      expect((await host.ask(key, 'POST', '/sign-in', body)).status).toBe(403);
    }
    await world.refused('console:signIn', body, world.browser(), 'sign-in-refused');
  });
});
