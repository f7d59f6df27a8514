// The SNTP client against servers on loopback: a shift shows to within the uncertainty, forged packets are passed over.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src-main/clock/system-clock.ts';
import { parseServer, querySntp } from '../../../src-main/clock/sntp.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { type Answer, rightAnswer, startNtpServer } from '../../fakes/ntp-server.ts';

const start = async (answer: Answer) => {
  const server = await startNtpServer(answer);
  onTestFinished(server.close);
  return server;
};

const shifted =
  (shiftMs: number): Answer =>
  (request) => [rightAnswer(request, systemClock.nowMs() + shiftMs)];

test.each([0, 90_000, -90_000, 7_000])(
  'a server whose time is shifted by %d ms shows that to within the uncertainty',
  async (shiftMs) => {
    const server = await start(shifted(shiftMs));
    const outcome = await querySntp(server.address, { clock: systemClock });
    expect(outcome.kind).toBe('answered');
    if (outcome.kind !== 'answered') return;
    expect(Math.abs(outcome.offsetMs - shiftMs)).toBeLessThanOrEqual(outcome.uncertaintyMs);
  },
);

test('each question carries another random number, and not the time of this computer', async () => {
  const server = await start(shifted(0));
  await querySntp(server.address, { clock: systemClock });
  await querySntp(server.address, { clock: systemClock });
  const [first, second] = server.requests.map((request) => request.toString('hex', 40));
  expect(first).not.toBe(second);
  for (const request of server.requests)
    expect(request.subarray(1, 40).every((byte) => byte === 0)).toBe(true);
});

test('forged and broken packets before the true answer are passed over', async () => {
  const server = await start((request) => {
    const forged = rightAnswer(request, systemClock.nowMs() + 3_600_000);
    forged.writeUInt8((forged.readUInt8(24) + 1) % 256, 24);
    return [forged, Buffer.from('short'), rightAnswer(request, systemClock.nowMs())];
  });
  const outcome = await querySntp(server.address, { clock: systemClock });
  expect(outcome).toMatchObject({ kind: 'answered' });
  if (outcome.kind === 'answered') expect(Math.abs(outcome.offsetMs)).toBeLessThan(60_000);
});

test('a server that says that it does not know the time: failed at once, with that reason', async () => {
  const server = await start((request) => {
    const packet = rightAnswer(request, systemClock.nowMs());
    packet.writeUInt8(16, 1);
    return [packet];
  });
  // With a virtual clock the time-out never comes: only the answer can end the question.
  expect(await querySntp(server.address, { clock: new VirtualClock(0) })).toEqual({
    kind: 'failed',
    reason: 'the server does not know the time itself',
  });
});

test('an answer from another address is refused, and that is the reason given', async () => {
  const stranger = createSocket('udp4');
  stranger.bind(0, '127.0.0.1');
  await once(stranger, 'listening');
  onTestFinished(() => void stranger.close());
  const server = await startNtpServer(shifted(0), stranger);
  onTestFinished(server.close);
  expect(await querySntp(server.address, { clock: systemClock, timeoutMs: 300 })).toEqual({
    kind: 'failed',
    reason: 'only packets that were refused: an answer came from another address',
  });
});

test('silence ends after two seconds', async () => {
  const clock = new VirtualClock(0);
  const asked = Promise.withResolvers<undefined>();
  const server = await start(() => {
    asked.resolve(undefined);
    return [];
  });
  const outcome = querySntp(server.address, { clock });
  await asked.promise;
  clock.advance(2_000);
  expect(await outcome).toEqual({ kind: 'failed', reason: 'no answer within 2 s' });
});

test.each([
  ['time.example', { host: 'time.example', port: 123 }],
  ['127.0.0.1:4123', { host: '127.0.0.1', port: 4123 }],
  ['[::1]', { host: '::1', port: 123 }],
  ['[::1]:4123', { host: '::1', port: 4123 }],
  ['', null],
  ['host:0', null],
  ['host:70000', null],
  ['a b', null],
  ['::1', null],
  ['host:port', null],
])('the server %j', (server, expected) => {
  expect(parseServer(server)).toEqual(expected);
});

test('what is no server is a failure, not an exception', async () => {
  expect(await querySntp('a b', { clock: systemClock })).toEqual({
    kind: 'failed',
    reason: 'this is not the name of a server',
  });
});
