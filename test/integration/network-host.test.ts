// issue 6: how a network host limits, tells how it is, counts, and ends: over real sockets and TLS.
import { get } from 'node:https';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startMetricsServer } from '../../src-main/hosts/network/metrics-server.ts';
import { HASHING_METHODS } from '../../src-main/hosts/network/network-host.ts';
import { isMethodName, methods, TwofoldError } from '../../src-shared/contract/index.ts';
import { decodeWire } from '../../src-shared/wire.ts';
import { samples } from '../contract/samples.ts';
import { cookiesOf, send } from '../fakes/loopback-page.ts';
import { type NetworkWorld, ORGANIZATION, startNetworkWorld } from '../fakes/network-world.ts';

const worlds: NetworkWorld[] = [];
async function open(options: Parameters<typeof startNetworkWorld>[0] = {}): Promise<NetworkWorld> {
  const world = await startNetworkWorld(options);
  worlds.push(world);
  return world;
}
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const right = { userName: ORGANIZATION.userName, password: ORGANIZATION.password };
const wrong = { userName: 'nobody', password: 'wrong password' };
const through = (client: string) => ({ 'x-forwarded-for': client });

const counted = async ({ metrics }: NetworkWorld, line: RegExp): Promise<number> =>
  Number(line.exec((await metrics.text()).text)?.[1] ?? Number.NaN);
const hashes = (world: NetworkWorld): Promise<number> =>
  counted(world, /^twofold_password_hash_seconds_count\{work="verify"\} (\d+)$/m);

describe('issue 6: the limit in front of the password hash', () => {
  test('turns an address away with 429 and Retry-After, before anything is hashed; another one goes on', async () => {
    const world = await open({ proxies: ['127.0.0.1'], passwordsPerMinute: 3 });
    for (let count = 0; count < 3; count += 1) {
      expect((await world.call('console:signIn', wrong, through('203.0.113.9'))).status).toBe(200);
    }
    const before = await hashes(world);
    const turnedAway = await world.call('console:signIn', right, through('203.0.113.9'));
    expect(turnedAway.status).toBe(429);
    expect(turnedAway.headers['retry-after']).toBe('20');
    expect(decodeWire(turnedAway.body)).toEqual({
      ok: false,
      error: {
        code: 'not-available',
        message:
          'Too much was asked for from your network address. Nothing was changed. Try again in 20 seconds.',
        details: { retryAfterMs: 20_000 },
      },
    });
    expect(await hashes(world)).toBe(before);
    expect(await counted(world, /^twofold_rate_limited_total\{limit="passwords"\} (\d+)$/m)).toBe(1);
    const elsewhere = await world.call('console:signIn', right, through('203.0.113.10'));
    expect(decodeWire(elsewhere.body)).toMatchObject({ ok: true, value: { kind: 'signed-in' } });
    world.clock.advance(20_000);
    expect((await world.call('console:signIn', right, through('203.0.113.9'))).status).toBe(200);
  });

  test('counts IPv6 by /64, and what a client writes into X-Forwarded-For is not believed', async () => {
    const world = await open({ proxies: ['127.0.0.1'], passwordsPerMinute: 2 });
    const status = async (client: string) =>
      (await world.call('console:signIn', wrong, through(client))).status;
    expect([await status('2001:db8::1'), await status('2001:db8::2'), await status('2001:db8::3')]).toEqual([
      200, 200, 429,
    ]);
    expect(await status('2001:db8:0:1::1')).toBe(200);
    const lies = [];
    for (const lie of ['1.1.1.1', '2.2.2.2', '3.3.3.3']) lies.push(await status(`${lie}, 203.0.113.9`));
    expect(lies).toEqual([200, 200, 429]);
  });

  test('programs that sign in are counted with them', async () => {
    const world = await open({ passwordsPerMinute: 1 });
    const signIn = () => world.send({ method: 'POST', path: '/api/v1/sign-in', body: '{}' });
    expect((await signIn()).status).toBe(401);
    const second = await signIn();
    expect([second.status, second.headers['retry-after']]).toEqual([429, '60']);
  });

  test('no call that anybody may make hashes outside of it', async () => {
    const world = await open();
    const anybodys = Object.keys(methods)
      .filter(isMethodName)
      .filter((name) => /^console:/.test(name));
    for (const name of anybodys.filter((each) => !HASHING_METHODS.has(each))) {
      await world.call(name, samples[name]);
      expect(await hashes(world), name).toBeNaN();
    }
    await world.call('console:signIn', wrong);
    expect(await hashes(world)).toBe(1);
  });
});

describe('issue 6: behind a proxy', () => {
  test('a request that no proxy sent, or of an unnamed client, is refused', async () => {
    const other = await open({ proxies: ['10.0.0.1'] });
    expect((await other.call('console:step', {}, through('203.0.113.9'))).status).toBe(403);
    const world = await open({ proxies: ['127.0.0.1'] });
    expect((await world.call('console:step', {})).status).toBe(400);
    expect((await world.call('console:step', {}, through('203.0.113.9'))).status).toBe(200);
  });

  test('the id that the proxy gave a request stands in the answer and in the log', async () => {
    const world = await open({ proxies: ['127.0.0.1'] });
    const answer = await world.call(
      'console:step',
      {},
      { ...through('203.0.113.9'), 'x-request-id': 'abc-1' },
    );
    expect(answer.headers['x-request-id']).toBe('abc-1');
    await expect.poll(() => world.log.join('\n')).toContain('"requestId":"abc-1","what":"console:step"');
    const hostile = { ...through('203.0.113.9'), 'x-request-id': 'a","x":"' };
    expect((await world.call('console:step', {}, hostile)).headers['x-request-id']).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });
});

describe('issue 6: health and readiness', () => {
  const ask = async (world: NetworkWorld, path: string) => {
    const { status, body } = await send(world.listens, { path });
    const answer: unknown = JSON.parse(body);
    return [status, answer];
  };

  test('both say yes while all is well, under whatever name they are asked', async () => {
    const world = await open();
    expect(await ask(world, '/health')).toEqual([200, { status: 'ok' }]);
    expect(await ask(world, '/ready')).toEqual([200, { status: 'ready' }]);
  });

  test.each([
    ['keys', 'findKey'],
    ['database', 'hasOrganization'],
  ] as const)('not ready while the %s cannot be had, and again once they are there', async (reason, part) => {
    const world = await open();
    const away = vi
      .spyOn(world.services, part)
      .mockRejectedValue(new TwofoldError('storage-failed', 'Away.'));
    expect(await ask(world, '/ready')).toEqual([503, { status: 'not ready', reason }]);
    expect(await ask(world, '/health')).toEqual([200, { status: 'ok' }]);
    expect(await counted(world, /^twofold_ready (\d)$/m)).toBe(0);
    away.mockRestore();
    world.clock.advance(1_000);
    expect(await ask(world, '/ready')).toEqual([200, { status: 'ready' }]);
  });

  test('a database that does not answer in time counts as away', async () => {
    const world = await open();
    let isAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    world.services.hasOrganization = () => {
      isAsked();
      return new Promise(() => undefined);
    };
    const answer = ask(world, '/ready');
    await asked;
    world.clock.advance(3_000);
    expect(await answer).toEqual([503, { status: 'not ready', reason: 'database' }]);
  });

  test('not ready, but answering, while it is about to end', async () => {
    const world = await open();
    world.readiness.stop();
    expect(await ask(world, '/ready')).toEqual([503, { status: 'not ready', reason: 'stopping' }]);
    const answer = await world.call('console:step', {});
    expect([answer.status, answer.headers['connection']]).toEqual([200, 'close']);
  });
});

interface Stream {
  readonly text: () => string;
  readonly status: number;
  readonly ended: Promise<void>;
}

const openStream = (world: NetworkWorld, cookie: string): Promise<Stream> =>
  new Promise((resolve, reject) => {
    const headers = { host: world.host.address.hosts[0], cookie };
    get(`${world.listens}/events`, { headers, agent: false, rejectUnauthorized: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      const ended = new Promise<void>((end) => response.on('close', () => end()));
      resolve({ text: () => text, status: response.statusCode ?? 0, ended });
    }).on('error', reject);
  });

const browserCookie = async (world: NetworkWorld): Promise<string> =>
  cookiesOf(await world.send({ path: '/' }))[0] ?? '';

describe('issue 6: events', () => {
  test('a page hears of what its own browser did, and of nobody else', async () => {
    const world = await open();
    const [mine, theirs] = [await browserCookie(world), await browserCookie(world)];
    const [here, there] = [await openStream(world, mine), await openStream(world, theirs)];
    await world.call('console:signIn', right, { cookie: theirs });
    await expect.poll(() => there.text()).toContain('event: console:changed');
    await world.call('console:signIn', right, { cookie: mine });
    await expect.poll(() => here.text()).toContain('event: console:changed');
    expect(here.text().match(/console:changed/g)).toHaveLength(1);
    expect(there.text().match(/console:changed/g)).toHaveLength(1);
  });

  test('a browser that has no cookie yet gets no stream', async () => {
    expect((await openStream(await open(), '')).status).toBe(204);
  });

  test('closing ends the streams and takes nothing new', async () => {
    const world = await open();
    const stream = await openStream(world, await browserCookie(world));
    await expect.poll(() => stream.text()).toContain('retry');
    await world.host.close();
    await stream.ended;
    await expect(send(world.listens, { path: '/health' })).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('issue 6: metrics', () => {
  test('sign-ins by outcome, locks, hashing and latency are told on an address of its own', async () => {
    const world = await open();
    for (let count = 0; count < 11; count += 1)
      await world.call('console:signIn', { ...right, password: 'x' });
    await world.call('console:signIn', { ...right, userName: 'somebody.else' });
    await world.call('nothing:here', {});
    const server = await startMetricsServer({
      metrics: world.metrics,
      host: '127.0.0.1',
      port: 0,
      clock: world.clock,
      onFault: (error) => {
        throw error;
      },
    });
    try {
      const { status, body } = await send(`http://127.0.0.1:${server.port}`, { path: '/metrics' });
      expect(status).toBe(200);
      expect(body).toContain('twofold_events_total{event="password-refused"} 12\n');
      expect(body).toContain('twofold_events_total{event="password-locked"} 1\n');
      expect(body).toContain('twofold_events_total{event="signed-in"} 0\n');
      expect(body).toContain('twofold_password_hash_seconds_count{work="verify"} 12\n');
      expect(body).toContain('twofold_call_seconds_count{method="console:signIn",outcome="refused"} 12\n');
      expect(body).toContain('twofold_call_seconds_count{method="unknown",outcome="refused"} 1\n');
      expect(body).toContain('nodejs_eventloop_lag_seconds');
      expect(body).not.toMatch(/maria|somebody/);
      const elsewhere = await send(`http://127.0.0.1:${server.port}`, { path: '/' });
      expect(elsewhere.status).toBe(405);
    } finally {
      await server.close();
    }
  });
});

test('issue 6: the API for programs is offered there, and says where', async () => {
  const world = await open();
  const { status, body } = await world.send({ path: '/api/v1/openapi.json' });
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({ servers: [{ url: `${world.host.address.origin}/api/v1` }] });
});
