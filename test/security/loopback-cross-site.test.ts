// Other sites and other names against the real console over the real loopback host, with the victim's cookies at hand.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isMethodName, methods } from '../../src-shared/contract/index.ts';
import { samples } from '../contract/samples.ts';
import { send } from '../fakes/loopback-page.ts';
import { PASSWORD } from '../unit/console/world.ts';
import { type RealBrowser, RealHost } from './real-host.ts';
import { encodeWire } from '../../src-shared/wire.ts';
import { everybody } from '../fakes/console-queries.ts';

let host: RealHost;
let administrator: RealBrowser;

beforeAll(async () => {
  host = new RealHost();
  await host.start();
  administrator = await host.browser();
  await administrator.call('console:createOrganization', {
    organization: 'Northwind',
    displayName: 'Maria Keller',
    userName: 'maria.keller',
    password: PASSWORD,
  });
});
afterAll(() => host.remove());

const TARGET = { name: 'Made by another site' };
const asForm = new URLSearchParams({ '{"name":"Made by another site","x":"': '"}' }).toString();
const boundary = 'boundary';
const multipart = `--${boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\n${TARGET.name}\r\n--${boundary}--\r\n`;

type Headers = Readonly<Record<string, string | undefined>>;
const evil = 'https://evil.example';

/** What a page elsewhere can make the victim's browser send, cookies included, which SameSite would keep back. */
const attempts: readonly (readonly [what: string, headers: Headers, body: string])[] = [
  ['a form as text/plain', { origin: evil, 'content-type': 'text/plain' }, JSON.stringify(TARGET)],
  ['a form as urlencoded', { origin: evil, 'content-type': 'application/x-www-form-urlencoded' }, asForm],
  [
    'a form as multipart',
    { origin: evil, 'content-type': `multipart/form-data; boundary=${boundary}` },
    multipart,
  ],
  ...['text/plain', 'application/x-www-form-urlencoded', `multipart/form-data; boundary=${boundary}`].flatMap(
    (type) =>
      [undefined, 'null'].map(
        (origin) =>
          [
            `a form as ${type} with ${origin === undefined ? 'no origin' : 'origin null'}`,
            { origin, 'content-type': type, 'sec-fetch-site': undefined },
            JSON.stringify(TARGET),
          ] as const,
      ),
  ),
  ['a form without a type', { origin: evil, 'content-type': undefined }, JSON.stringify(TARGET)],
  ['JSON from another site', { origin: evil }, JSON.stringify(TARGET)],
  [
    'JSON from another site that its browser names',
    { 'sec-fetch-site': 'cross-site' },
    JSON.stringify(TARGET),
  ],
  ['JSON from another port', { 'sec-fetch-site': 'same-site' }, JSON.stringify(TARGET)],
  ['JSON with no origin', { origin: undefined }, JSON.stringify(TARGET)],
  ['JSON with origin null', { origin: 'null' }, JSON.stringify(TARGET)],
  ['JSON from a sandboxed frame or a file', { origin: 'file://' }, JSON.stringify(TARGET)],
  ['our own origin as text/plain', { 'content-type': 'text/plain' }, JSON.stringify(TARGET)],
  [
    'our own origin with JSON behind another type',
    { 'content-type': 'text/plain; application/json' },
    JSON.stringify(TARGET),
  ],
];

const units = async (): Promise<number> =>
  (await administrator.call('administration:directory', everybody)).units.length;

describe('cross-site requests with the administrator’s cookies', () => {
  test('the request itself would do something: the table below can fail', async () => {
    const before = await units();
    const answer = await administrator.post(
      '/call/administration:addUnit',
      JSON.stringify({ name: 'Sales' }),
    );
    expect(answer.status).toBe(200);
    expect(await units()).toBe(before + 1);
  });

  test.each(attempts)('%s does nothing and is told nothing', async (_what, headers, body) => {
    const before = await units();
    const answer = await administrator.post('/call/administration:addUnit', body, headers);
    expect([403, 415]).toContain(answer.status);
    expect(answer.body).not.toContain('Northwind');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(await units()).toBe(before);
  });

  test('a preflight is told nothing either', async () => {
    const answer = await send(host.address, {
      method: 'OPTIONS',
      path: '/call/administration:addUnit',
      headers: {
        origin: evil,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(answer.status).toBe(405);
    const told = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'));
    expect(told).toEqual([]);
  });
});

describe('DNS rebinding', () => {
  const port = (): string => new URL(host.address).port;
  const names: readonly (readonly [string, () => string])[] = [
    ['another name', () => `evil.example:${port()}`],
    ['another name without a port', () => 'evil.example'],
    ['a name that begins like ours', () => `127.0.0.1.evil.example:${port()}`],
    ['a name that ends like ours', () => `evil.localhost:${port()}`],
    ['our name and a dot', () => `localhost.:${port()}`],
    ['our address without a port', () => '127.0.0.1'],
    ['our address with another port', () => '127.0.0.1:80'],
    ['any address of this machine', () => `0.0.0.0:${port()}`],
    ['the address written otherwise', () => `2130706433:${port()}`],
    ['the address of IPv6', () => `[::1]:${port()}`],
    ['a user before the name', () => `x@127.0.0.1:${port()}`],
  ];

  test.each(names)('%s is refused for calls, pages, events and launches', async (_what, name) => {
    const foreign = name();
    const before = await units();
    const headers = { host: foreign, origin: `http://${foreign}` };
    for (const path of ['/call/administration:addUnit', '/launch']) {
      const answer = await administrator.post(path, JSON.stringify(TARGET), headers);
      expect(answer.status).toBe(421);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    for (const path of ['/', '/events']) {
      const answer = await send(host.address, {
        path,
        headers: { host: foreign, cookie: administrator.cookieHeader },
      });
      expect(answer.status).toBe(421);
      expect(answer.body).not.toContain('<title>');
    }
    expect(await units()).toBe(before);
  });
});

describe('every method of the contract', () => {
  const all = Object.keys(methods).filter(isMethodName);

  test.each(all)('%s is refused from another site, with whatever cookies', async (name) => {
    const body = encodeWire(samples[name]);
    const foreign = await administrator.post(`/call/${name}`, body, { origin: evil });
    expect(foreign.status).toBe(403);
    const rebound = await administrator.post(`/call/${name}`, body, {
      host: 'evil.example',
      origin: 'http://evil.example',
    });
    expect(rebound.status).toBe(421);
  });

  test.each(all)('%s is refused to a program that was not launched', async (name) => {
    const cookies = [...administrator.cookies].filter(([cookie]) => !cookie.endsWith('-launch'));
    expect(cookies.length).toBe(administrator.cookies.size - 1);
    const answer = await administrator.post(`/call/${name}`, encodeWire(samples[name]), {
      cookie: cookies.map(([cookie, value]) => `${cookie}=${value}`).join('; '),
    });
    expect(answer.status).toBe(401);
  });

  test('none of that was a fault or left a trace', async () => {
    expect(host.log).toEqual([]);
    const { records } = await administrator.call('administration:audit', {
      search: '',
      events: [],
      outcome: 'failure',
      person: '',
      fromMs: null,
      toMs: null,
      beforeSequence: null,
      limit: 50,
    });
    expect(records).toEqual([]);
  });
});
