// The Date header as a source of the time.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { queryHttpDate } from '../../../src-main/clock/http-date.ts';
import { systemClock } from '../../../src-main/clock/system-clock.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';

async function start(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
}

test.each([0, 90_000, -90_000])(
  'a Date header shifted by %d ms shows that to within the uncertainty',
  async (shiftMs) => {
    const address = await start((request, response) => {
      response.setHeader('date', new Date(systemClock.nowMs() + shiftMs).toUTCString());
      response.setHeader('x-method', request.method ?? '');
      response.end();
    });
    const outcome = await queryHttpDate(address, { clock: systemClock });
    expect(outcome.kind).toBe('answered');
    if (outcome.kind !== 'answered') return;
    expect(outcome.uncertaintyMs).toBeGreaterThanOrEqual(1_000);
    expect(Math.abs(outcome.offsetMs - shiftMs)).toBeLessThanOrEqual(outcome.uncertaintyMs);
  },
);

test('an answer without a date, with nonsense for one, or out of a cache is refused', async () => {
  const without = await start((_request, response) => {
    response.sendDate = false;
    response.end();
  });
  expect(await queryHttpDate(without, { clock: systemClock })).toEqual({
    kind: 'failed',
    reason: 'the answer holds no date',
  });
  const nonsense = await start((_request, response) => response.writeHead(200, { date: 'yesterday' }).end());
  expect(await queryHttpDate(nonsense, { clock: systemClock })).toEqual({
    kind: 'failed',
    reason: 'the answer holds no date',
  });
  const cached = await start((_request, response) => response.writeHead(200, { age: '30' }).end());
  expect(await queryHttpDate(cached, { clock: systemClock })).toEqual({
    kind: 'failed',
    reason: 'the answer was an old one, out of a cache',
  });
});

test.each([
  'http://time.example/',
  'ftp://127.0.0.1/',
  'http://127.0.0.1.example/',
  'file:///etc/passwd',
  'nonsense',
])('%s is not asked: only https can be trusted on the way', async (address) => {
  expect(await queryHttpDate(address, { clock: systemClock })).toEqual({
    kind: 'failed',
    reason: 'the address must begin with https://',
  });
});

test('a server that never answers is given up after five seconds', async () => {
  const clock = new VirtualClock(0);
  const asked = Promise.withResolvers<undefined>();
  const address = await start(() => asked.resolve(undefined));
  const outcome = queryHttpDate(address, { clock });
  await asked.promise;
  clock.advance(5_000);
  expect(await outcome).toEqual({ kind: 'failed', reason: 'no answer within 5 s' });
});
