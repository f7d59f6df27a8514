// Attacks on the loopback host over HTTP: other sites, other names, other programs on this machine.
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MAX_CALL_BYTES } from '../../src-main/hosts/loopback/loopback-host.ts';
import {
  COOKIE_PREFIX,
  pageHeaders,
  send,
  sendBytes,
  startTestHost,
  type TestHost,
} from '../fakes/loopback-page.ts';

/** Any text with this in it. */
const containing = (part: string): unknown => expect.stringContaining(part);
const sentence: unknown = expect.stringMatching(/\.$/);

let host: TestHost;
let cookie: string;
let port: string;

beforeAll(async () => {
  host = await startTestHost();
  cookie = await host.launch();
  port = new URL(host.address).port;
});
afterAll(() => host.close());
beforeEach(() => {
  host.calls.length = 0;
});

const call = (headers: Record<string, string | undefined>, body = '{}', path = '/call/app:status') =>
  send(host.address, {
    method: 'POST',
    path,
    headers: { ...pageHeaders(host.address), cookie, ...headers },
    body,
  });

test('a call as our page makes it arrives', async () => {
  const answer = await call({});
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({ ok: true, value: {} });
  expect(host.calls).toEqual([{ method: 'app:status', input: {} }]);
});

test('a colon that was escaped is a colon', async () => {
  expect((await call({}, '{}', '/call/app%3Astatus')).status).toBe(200);
  expect(host.calls.map(({ method }) => method)).toEqual(['app:status']);
});

describe('refused before the router hears of it', () => {
  const refused: readonly (readonly [string, number, () => ReturnType<typeof call>])[] = [
    [
      'a name that was made to point here (DNS rebinding)',
      421,
      () => call({ host: `evil.example:${port}`, origin: `http://evil.example:${port}` }),
    ],
    ['our address with another port', 421, () => call({ host: '127.0.0.1:1' })],
    ['another origin', 403, () => call({ origin: 'https://evil.example' })],
    ['an opaque origin', 403, () => call({ origin: 'null' })],
    ['no origin', 403, () => call({ origin: undefined })],
    ['another port of this machine', 403, () => call({ origin: 'http://127.0.0.1:1' })],
    [
      'a cross-site form as text/plain',
      403,
      () =>
        call({
          origin: 'https://evil.example',
          'content-type': 'text/plain',
          'sec-fetch-site': 'cross-site',
        }),
    ],
    ['our origin, but as text/plain', 415, () => call({ 'content-type': 'text/plain' })],
    ['our origin, but cross-site by the browser’s word', 403, () => call({ 'sec-fetch-site': 'cross-site' })],
    ['no launch cookie', 401, () => call({ cookie: undefined })],
    ['a forged launch cookie', 401, () => call({ cookie: `${COOKIE_PREFIX}-launch=${'A'.repeat(43)}` })],
    [
      'the launch cookie under another instance’s name',
      401,
      () => call({ cookie: cookie.replace(COOKIE_PREFIX, 'twofold-other000') }),
    ],
    ['an empty launch cookie', 401, () => call({ cookie: `${COOKIE_PREFIX}-launch=` })],
    ['no JSON', 400, () => call({}, '{"a":')],
    ['an empty body', 400, () => call({}, '')],
    ['an own __proto__', 400, () => call({}, '{"__proto__":{"admin":true}}')],
    ['a nested own __proto__', 400, () => call({}, '{"a":{"__proto__":{"admin":true}}}')],
    ['a hostile nesting', 400, () => call({}, '['.repeat(50_000) + ']'.repeat(50_000))],
    [
      'a declared size beyond the limit',
      413,
      () => call({ 'content-length': String(Math.ceil(MAX_CALL_BYTES) + 1) }, ''),
    ],
  ];

  test.each(refused)('%s: %i', async (_what, status, attempt) => {
    const answer = await attempt();
    expect(answer.status).toBe(status);
    const envelope: unknown = JSON.parse(answer.body);
    expect(envelope).toMatchObject({ ok: false, error: { message: sentence } });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).not.toMatch(/\bat .*:\d+:\d+|__proto__":\{/);
    expect(host.calls).toEqual([]);
  });

  test('a body that turns out too large while it arrives', async () => {
    const chunk = 'x'.repeat(1024 * 1024);
    const length = Math.ceil(MAX_CALL_BYTES / chunk.length) + 1;
    const text = Array.from({ length }, () => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
    const headers = Object.entries({ ...pageHeaders(host.address), cookie, host: `127.0.0.1:${port}` });
    const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const request = `POST /call/app:status HTTP/1.1\r\n${head}transfer-encoding: chunked\r\n\r\n${text}0\r\n\r\n`;
    // The host may hang up while we still send; what counts is that it never gives the body on.
    const answer = await sendBytes(host.address, request).catch(() => 'HTTP/1.1 413');
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
    expect(host.calls).toEqual([]);
  });

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('%s', async (method) => {
    const answer = await send(host.address, {
      method,
      path: '/call/app:status',
      headers: { ...pageHeaders(host.address), cookie },
    });
    expect(answer.status).toBe(405);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(host.calls).toEqual([]);
  });

  test('a call as a GET, which a link could make', async () => {
    const answer = await send(host.address, { path: '/call/app:status', headers: { cookie } });
    expect(answer.status).toBe(404);
    expect(host.calls).toEqual([]);
  });
});

describe('the event stream', () => {
  test.each([
    ['without a launch cookie', { cookie: undefined }, 401],
    ['from another site', { origin: 'https://evil.example' }, 403],
    ['from another site by the browser’s word', { 'sec-fetch-site': 'cross-site' }, 403],
    ['under another name', { host: 'evil.example' }, 421],
  ])('is refused %s', async (_what, headers, status) => {
    const answer = await send(host.address, { path: '/events', headers: { cookie, ...headers } });
    expect(answer.status).toBe(status);
  });
});

describe('files', () => {
  test.each([
    '/../vault.html',
    '/..%2fvault.html',
    '/%2e%2e/vault.html',
    '/%2e%2e%2fvault.html',
    '/..%5cvault.html',
    '/..\\vault.html',
    '/assets/../../vault.html',
    '/assets/..%2f..%2fvault.html',
    '/.%00./vault.html',
    '//127.0.0.1/vault.html',
    '/....//vault.html',
    '/%252e%252e%252fvault.html',
    '/assets',
    '/assets/',
    '/index.html%00.js',
    '/etc/passwd',
    'http://127.0.0.1/../vault.html',
    '*',
  ])('nothing outside the pages is sent: %s', async (path) => {
    const answer = await send(host.address, { path });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('SECRET');
  });

  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/?from=here', 'text/html; charset=utf-8'],
    ['/assets/main.js', 'text/javascript; charset=utf-8'],
  ])('%s is sent as %s with the strict headers', async (path, mediaType) => {
    const { status, headers } = await send(host.address, { path });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': mediaType,
      'content-security-policy': containing("default-src 'none'; script-src 'self';"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': containing('camera=(self)'),
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a page under a foreign name is not sent either', async () => {
    expect((await send(host.address, { path: '/', headers: { host: 'evil.example' } })).status).toBe(421);
  });

  test('HEAD is answered without a body', async () => {
    const answer = await send(host.address, { method: 'HEAD', path: '/' });
    expect([answer.status, answer.body]).toEqual([200, '']);
  });
});

test('bytes that are no HTTP end in 400 and no fault', async () => {
  expect(await sendBytes(host.address, 'GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
  expect(await sendBytes(host.address, `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431/,
  );
  expect(host.faults).toEqual([]);
});

test('it listens on 127.0.0.1 and on no other address of this machine', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ address, scopeid }) => address !== '127.0.0.1' && (scopeid ?? 0) === 0)
    .map(({ address }) => address);
  const attempt = (address: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({ host: address, port: Number(port), timeout: 2_000 });
      const end = (outcome: string) => () => {
        socket.destroy();
        resolve(`${address} ${outcome}`);
      };
      socket.once('connect', end('answers')).once('error', end('refuses')).once('timeout', end('is silent'));
    });
  // 127.0.0.2 is this machine too, on Linux always there.
  const tried = await Promise.all([...others, '127.0.0.2'].map(attempt));
  expect(tried.filter((outcome) => outcome.endsWith('answers'))).toEqual([]);
  expect(await attempt('127.0.0.1')).toBe('127.0.0.1 answers');
});
