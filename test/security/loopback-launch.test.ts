// The launch token and what comes of it: who may be a browser of Twofold, and that no token ever leaks.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LAUNCH_TOKEN_VALID_MS } from '../../src-main/hosts/loopback/launch-tokens.ts';
import type { Caller } from '../../src-main/ipc/caller.ts';
import {
  COOKIE_PREFIX,
  cookiesOf,
  pageHeaders,
  send,
  startTestHost,
  type TestHost,
} from '../fakes/loopback-page.ts';

/** Any text with this in it. */
const containing = (part: string): unknown => expect.stringContaining(part);

let host: TestHost;
let handle: (method: string, caller: Caller) => unknown;

beforeEach(async () => {
  handle = () => ({});
  host = await startTestHost((method, caller) => handle(method, caller));
});
afterEach(() => host.close());

const newToken = (): string => host.newLaunchAddress().split('#launch=')[1] ?? '';

const post = (path: string, body: unknown, headers: Record<string, string | undefined> = {}) =>
  send(host.address, {
    method: 'POST',
    path,
    headers: { ...pageHeaders(host.address), ...headers },
    body: JSON.stringify(body),
  });

const refusal = { ok: false, error: { code: 'sender-refused' } };

test('the token stands in the fragment, which browsers send to nobody', () => {
  expect(host.newLaunchAddress()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#launch=[A-Za-z0-9_-]{43}$/);
});

test('the cookie cannot be read by scripts or sent by other sites, and holds another secret than the token', async () => {
  const token = newToken();
  const answer = await post('/launch', { token });
  expect(answer.status).toBe(200);
  const set = String(answer.headers['set-cookie']);
  expect(set).toMatch(
    new RegExp(`^${COOKIE_PREFIX}-launch=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
  );
  expect(set).not.toContain(token);
});

test('a token is good once, also when two ask at the same moment', async () => {
  const token = newToken();
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('/launch', { token })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401, 401, 401]);
  const again = await post('/launch', { token });
  expect(JSON.parse(again.body)).toMatchObject(refusal);
});

test('a token is too old after five minutes', async () => {
  const token = newToken();
  host.clock.advance(LAUNCH_TOKEN_VALID_MS);
  expect((await post('/launch', { token })).status).toBe(401);
});

test.each([
  [{}],
  [{ token: '' }],
  [{ token: 'A'.repeat(43) }],
  [{ token: 7 }],
  [{ token: ['a'] }],
  [{ token: 'A'.repeat(43), more: 1 }],
  [[]],
  [null],
])('%j launches nothing', async (body) => {
  const answer = await post('/launch', body);
  expect(answer.status).toBe(401);
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test('a token is not taken from another site, and is not used up by the attempt', async () => {
  const token = newToken();
  expect((await post('/launch', { token }, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await post('/launch', { token }, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await post('/launch', { token })).status).toBe(200);
});

test('a token in the query instead of the fragment launches nothing', async () => {
  const answer = await send(host.address, { path: `/?launch=${newToken()}` });
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test('a cookie of before a restart is refused with a sentence that says what to do', async () => {
  const old = await host.launch();
  await host.close();
  host = await startTestHost();
  const answer = await post('/call/app:status', {}, { cookie: old });
  expect(answer.status).toBe(401);
  expect(JSON.parse(answer.body)).toMatchObject({
    ok: false,
    error: {
      code: 'sender-refused',
      message: containing('Open the address that Twofold printed'),
    },
  });
});

test('G7: two browsers have console cookies of their own', async () => {
  handle = (_method, { browser }) => {
    const before = browser.read('session') ?? 'none';
    browser.write('session', `${before}+`, 0);
    return { before };
  };
  const [one, other] = [await host.launch(), await host.launch()];
  expect(one).not.toBe(other);
  const first = await post('/call/console:step', {}, { cookie: one });
  const own = cookiesOf(first);
  expect(own).toEqual([`${COOKIE_PREFIX}-session=none%2B`]);
  const second = await post('/call/console:step', {}, { cookie: [one, ...own].join('; ') });
  expect(JSON.parse(second.body)).toEqual({ ok: true, value: { before: 'none+' } });
  const elsewhere = await post('/call/console:step', {}, { cookie: other });
  expect(JSON.parse(elsewhere.body)).toEqual({ ok: true, value: { before: 'none' } });
});

test('S14: no token appears in a body, a fault or a header other than Set-Cookie', async () => {
  const secrets = ['session-secret-value', 'trust-secret-value'];
  handle = (method, { browser }) => {
    if (method === 'console:fails') throw new Error(`with ${browser.read('session') ?? ''}`);
    browser.write('session', secrets[0] ?? '', 0);
    browser.write('trust', secrets[1] ?? '', Date.UTC(2030, 0, 1));
    return {};
  };
  const token = newToken();
  const launched = await post('/launch', { token });
  const cookie = cookiesOf(launched)[0] ?? '';
  const signedIn = await post('/call/console:signIn', {}, { cookie });
  const all = [cookie, ...cookiesOf(signedIn)].join('; ');
  const failed = await post('/call/console:fails', {}, { cookie: all });
  const refused = await post('/launch', { token }, { cookie: all });
  const wrong = await post(`/call/${secrets[0] ?? ''}`, {}, { cookie: 'x=y' });
  expect([signedIn.status, failed.status, refused.status, wrong.status]).toEqual([200, 500, 401, 401]);
  const told = [launched, signedIn, failed, refused, wrong].map(({ headers, body }) => {
    const { 'set-cookie': _set, ...others } = headers;
    return JSON.stringify(others) + body;
  });
  for (const secret of [token, cookie.split('=')[1] ?? '', ...secrets]) {
    expect(secret).not.toBe('');
    expect(told.filter((text) => text.includes(secret))).toEqual([]);
  }
});
