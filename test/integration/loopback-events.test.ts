// The event stream of the loopback host, and how the host ends.
import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HEARTBEAT_MS, MAX_STREAMS_OF_ONE_BROWSER } from '../../src-main/hosts/http/event-streams.ts';
import { pageHeaders, send, startTestHost, type TestHost } from '../fakes/loopback-page.ts';

/** Any text with this in it. */
const containing = (part: string): unknown => expect.stringContaining(part);

let host: TestHost;
let answerCall: () => unknown;

beforeEach(async () => {
  answerCall = () => ({});
  host = await startTestHost(() => answerCall());
});
afterEach(() => host.close());

interface Stream {
  readonly response: IncomingMessage;
  /** Resolves when the text so far fits. */
  readonly until: (pattern: RegExp) => Promise<string>;
  readonly ended: Promise<void>;
}

const open = (cookie: string): Promise<Stream> =>
  new Promise((resolve, reject) => {
    get(`${host.address}/events`, { headers: { cookie }, agent: false }, (response) => {
      let text = '';
      let look = (): void => undefined;
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        look();
      });
      resolve({
        response,
        until: (pattern) =>
          new Promise((found) => {
            look = () => {
              if (pattern.test(text)) found(text);
            };
            look();
          }),
        ended: new Promise((end) => response.on('close', () => end())),
      });
    }).on('error', reject);
  });

test('sends what services emit, with its payload', async () => {
  const stream = await open(await host.launch());
  expect(stream.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  await stream.until(/^retry: 2000\n\n/);
  host.events.emit('clock:changed', {
    kind: 'not-checked',
    reason: 'No\nanswer',
    checking: false,
    sources: [],
  });
  host.events.emit('console:changed', {});
  expect(await stream.until(/console:changed\ndata: \{\}\n\n/)).toContain(
    'event: clock:changed\ndata: {"kind":"not-checked","reason":"No\\nanswer","checking":false,"sources":[]}\n\n',
  );
});

test('is kept alive by a heartbeat', async () => {
  const stream = await open(await host.launch());
  await stream.until(/retry/);
  host.clock.advance(HEARTBEAT_MS);
  host.clock.advance(HEARTBEAT_MS);
  await stream.until(/(: still here\n\n){2}/);
});

test('a browser with very many tabs keeps connections free for its calls', async () => {
  const [cookie, other] = [await host.launch(), await host.launch()];
  const streams = [];
  for (let count = 0; count <= MAX_STREAMS_OF_ONE_BROWSER; count += 1) streams.push(await open(cookie));
  const last = streams.at(-1)?.response;
  expect(streams.map(({ response }) => response.statusCode)).toEqual([200, 200, 200, 200, 204]);
  expect(last?.headers['content-type']).toBeUndefined();
  expect((await open(other)).response.statusCode).toBe(200);
});

test('a stream that its page left makes room for another', async () => {
  const cookie = await host.launch();
  const streams = await Promise.all(Array.from({ length: MAX_STREAMS_OF_ONE_BROWSER }, () => open(cookie)));
  streams[0]?.response.destroy();
  await streams[0]?.ended;
  await expect.poll(async () => (await open(cookie)).response.statusCode).toBe(200);
});

test('closing ends the streams, lets a call under way end, and takes no new one', async () => {
  const cookie = await host.launch();
  const stream = await open(cookie);
  await stream.until(/retry/);
  let finish: (value: unknown) => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    answerCall = () => {
      resolve();
      return new Promise((done) => {
        finish = done;
      });
    };
  });
  const call = send(host.address, {
    method: 'POST',
    path: '/call/app:status',
    headers: { ...pageHeaders(host.address), cookie },
    body: '{}',
  });
  await reached;
  const closed = host.close();
  await stream.ended;
  finish({ done: true });
  expect(JSON.parse((await call).body)).toEqual({ ok: true, value: { done: true } });
  await closed;
  await expect(send(host.address, { path: '/' })).rejects.toThrow(/ECONNREFUSED/);
});

test('a connection that never ends its request does not keep the host from closing', async () => {
  const cookie = await host.launch();
  const request = send(host.address, {
    method: 'POST',
    path: '/call/app:status',
    headers: { ...pageHeaders(host.address), cookie, 'content-length': '100' },
    body: '{}',
  });
  const failed = expect(request).rejects.toThrow(/socket hang up|ECONNRESET/);
  await host.launch();
  const closed = host.close();
  host.clock.advance(10_000);
  await closed;
  await failed;
});

test('a port that is taken is an error with a sentence', async () => {
  const { startLoopbackHost } = await import('../../src-main/hosts/loopback/loopback-host.ts');
  const { clock, events } = host;
  const port = Number(new URL(host.address).port);
  await expect(
    startLoopbackHost({
      router: () => Promise.reject(new Error('never called')),
      events,
      clock,
      pages: '/nowhere',
      cookiePrefix: 'twofold-test0002',
      port,
      onFault: () => undefined,
    }),
  ).rejects.toMatchObject({
    code: 'not-available',
    message: containing(`Port ${port} is taken`),
  });
});
