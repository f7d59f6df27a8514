// issue 6: what other people's browsers and programs reach of a network host: the console, and nothing else.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isMethodName, methods } from '../../src-shared/contract/index.ts';
import { decodeWire, encodeWire } from '../../src-shared/wire.ts';
import { samples } from '../contract/samples.ts';
import { cookiesOf, pageHeaders } from '../fakes/loopback-page.ts';
import { type NetworkWorld, ORGANIZATION, startNetworkWorld } from '../fakes/network-world.ts';
import { Envelope } from '../faults/envelope.ts';

let world: NetworkWorld;
/** The cookies of a signed-in administrator. */
let administrator: string;

const credentials = { userName: ORGANIZATION.userName, password: ORGANIZATION.password };

async function signIn(): Promise<string> {
  const answer = await world.call('console:signIn', credentials);
  expect(Envelope.parse(decodeWire(answer.body))).toMatchObject({ ok: true, value: { kind: 'signed-in' } });
  return cookiesOf(answer).join('; ');
}

beforeAll(async () => {
  world = await startNetworkWorld();
  administrator = await signIn();
});
afterAll(() => world.close());

const all = Object.keys(methods).filter(isMethodName);
const isConsole = (name: string): boolean => /^(console|administration):/.test(name);
const created = ['console:createOrganization', 'console:createSample'];
const refusals = (code: string) => ({ ok: false, error: { code } });

describe('issue 6: the contract over the network', () => {
  test('the tables below go through every domain of the contract', () => {
    const domains = (names: readonly string[]) =>
      [...new Set(names.map((name) => name.split(':')[0]))].sort();
    expect(domains(all.filter(isConsole))).toEqual(['administration', 'console']);
    expect(domains(all.filter((name) => !isConsole(name)))).toEqual([
      'app',
      'authenticator',
      'backup',
      'clock',
      'database',
      'rehearsal',
      'transfer',
    ]);
  });

  test.each(all.filter((name) => !isConsole(name)))(
    '%s is not there, for nobody and for a signed-in administrator',
    async (name) => {
      for (const cookie of ['', administrator]) {
        const answer = await world.call(name, samples[name], { cookie });
        expect(decodeWire(answer.body)).toMatchObject(refusals('unknown-method'));
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
    },
  );

  test.each(all.filter((name) => isConsole(name) && methods[name].access !== 'local'))(
    '%s is refused to whoever is not signed in',
    async (name) => {
      const answer = await world.call(name, samples[name]);
      expect(decodeWire(answer.body)).toMatchObject(refusals('not-signed-in'));
    },
  );

  test.each(created)('%s is refused, whether there is an organization or not', async (name) => {
    const empty = await startNetworkWorld({ hasOrganization: false });
    try {
      for (const one of [world, empty]) {
        const input = isMethodName(name) ? samples[name] : {};
        expect(decodeWire((await one.call(name, input)).body)).toMatchObject(refusals('not-available'));
      }
      expect(await empty.services.hasOrganization()).toBe(false);
      expect(decodeWire((await empty.call('console:step', {})).body)).toEqual({
        ok: true,
        value: { kind: 'no-organization' },
      });
    } finally {
      await empty.close();
    }
  });

  test.each(['/index.html', '/console.html', '/launch', '/metrics', '/call/', '/../package.json'])(
    'GET %s gives nothing',
    async (path) => {
      expect((await world.send({ path })).status).toBeGreaterThanOrEqual(404);
    },
  );

  test('no launch token lets a browser in, since none is needed', async () => {
    const answer = await world.send({
      method: 'POST',
      path: '/launch',
      headers: pageHeaders(world.host.address.origin),
      body: JSON.stringify({ token: 'x' }),
    });
    expect(answer.status).toBe(405);
  });
});

const evil = 'https://evil.example';
const body = encodeWire({ name: 'Made by another site' });

describe('issue 6: other sites, other names', () => {
  const add = (headers: Readonly<Record<string, string | undefined>>) =>
    world.send({
      method: 'POST',
      path: '/call/administration:addUnit',
      headers: { ...pageHeaders(world.host.address.origin), cookie: administrator, ...headers },
      body,
    });

  test('the request itself would do something: the table below can fail', async () => {
    expect(decodeWire((await add({})).body)).toMatchObject({ ok: true });
  });

  test.each([
    ['from another site', { origin: evil }, 403],
    ['with no origin', { origin: undefined }, 403],
    ['with origin null', { origin: 'null' }, 403],
    ['from our name in plain HTTP', { origin: 'http://localhost' }, 403],
    ['cross-site by the browser’s own word', { 'sec-fetch-site': 'cross-site' }, 403],
    ['from a sibling domain by the browser’s own word', { 'sec-fetch-site': 'same-site' }, 403],
    ['as a form', { 'content-type': 'text/plain' }, 415],
    ['without a type', { 'content-type': undefined }, 415],
    ['under another name', { host: 'evil.example', origin: evil }, 421],
    ['under a name that begins like ours', { host: 'localhost.evil.example', origin: evil }, 421],
    ['under our name without its port', { host: 'localhost', origin: 'https://localhost' }, 421],
  ])('%s does nothing and is told nothing', async (_what, headers, status) => {
    const answer = await add(headers);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('Northwind');
    expect(answer.headers['set-cookie']).toBeUndefined();
    const told = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'));
    expect(told).toEqual([]);
  });

  test('pages, events and programs are refused under another name, too', async () => {
    for (const path of ['/', '/events', '/api/v1/openapi.json']) {
      expect((await world.send({ path, headers: { host: 'evil.example' } })).status).toBe(421);
    }
  });
});

describe('issue 6: cookies and headers', () => {
  test('every cookie is for this host, https and no script alone', async () => {
    const signedIn = await world.call('console:signIn', credentials);
    const page = await world.send({ path: '/' });
    const set = [signedIn, page].flatMap(({ headers }) => headers['set-cookie'] ?? []);
    expect(set.length).toBeGreaterThanOrEqual(3);
    for (const cookie of set) {
      expect(cookie).toMatch(/^__Host-twofold-[a-z]+=/);
      expect(cookie).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=(Strict|Lax)/);
      expect(cookie).not.toContain('Domain');
    }
    // The one that is Lax opens nothing: it groups the pages of one browser.
    const lax = set.filter((cookie) => cookie.includes('SameSite=Lax'));
    expect(lax.map((cookie) => cookie.split('=', 1)[0])).toEqual(['__Host-twofold-browser']);
  });

  test('every answer carries the headers that guard a page', async () => {
    const answers = await Promise.all([
      world.send({ path: '/' }),
      world.send({ path: '/assets/main.js' }),
      world.send({ path: '/nothing.js' }),
      world.send({ path: '/health' }),
      world.send({ path: '/api/v1/users' }),
      world.call('console:step', {}),
      world.call('console:step', {}, { origin: evil }),
    ]);
    for (const { headers } of answers) {
      expect(headers['strict-transport-security']).toBe('max-age=63072000');
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'; .*frame-src 'none'; frame-ancestors 'none'$/,
      );
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['server']).toBeUndefined();
    }
  });

  test('what belongs to one browser is kept by no cache; files whose name changes are', async () => {
    const control = async (path: string) => (await world.send({ path })).headers['cache-control'];
    expect(await control('/')).toBe('private, no-cache');
    expect(await control('/assets/main.js')).toBe('public, max-age=31536000, immutable');
    expect(await control('/assets/none.js')).toBe('no-cache');
    expect((await world.call('console:step', {})).headers['cache-control']).toBe('no-store');
  });

  test('plain HTTP is not answered', async () => {
    const plain = world.listens.replace('https:', 'http:');
    await expect(fetch(plain)).rejects.toThrow();
  });

  test('a body that is too large is refused, before anybody has signed in already at 64 KiB', async () => {
    const large = await world.call('administration:importUsers', { text: 'x'.repeat(70_000) });
    expect(large.status).toBe(413);
    const signedIn = await world.call(
      'administration:importUsers',
      { text: 'x'.repeat(70_000) },
      { cookie: administrator },
    );
    expect(signedIn.status).toBe(200);
  });
});

test('S8, S18: the log holds no name, password, cookie or code', () => {
  const text = world.log.join('\n');
  expect(text).toContain('"what":"console:signIn"');
  for (const secret of [credentials.userName, credentials.password, ...administrator.split(/[=; ]+/)]) {
    if (secret.length > 8 && !secret.startsWith('__Host')) expect(text).not.toContain(secret);
  }
  expect(world.log.filter((line) => line.includes('"fault"'))).toEqual([]);
});
