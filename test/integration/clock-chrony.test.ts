// The clock check against a real NTP server: Debian's chronyd on a high port of loopback.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { ClockMonitor } from '../../src-main/clock/monitor.ts';
import { querySntp } from '../../src-main/clock/sntp.ts';
import { systemClock } from '../../src-main/clock/system-clock.ts';
import { EventHub } from '../../src-main/ipc/events.ts';

const START_WITHIN_MS = 15_000;

interface Server {
  readonly address: string;
  readonly child: ChildProcess;
  readonly folder: string;
}

let server: Server | null = null;
let reason = '';

/** A UDP port that was free a moment ago. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

beforeAll(async () => {
  if (spawnSync('chronyd', ['--version']).error !== undefined) {
    reason = 'chronyd is not installed (apt-get install chrony)';
    return;
  }
  if (process.getuid?.() !== 0) {
    reason = 'chronyd can be started by root alone';
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'twofold-chrony-'));
  const port = await freePort();
  const settings = join(folder, 'chrony.conf');
  writeFileSync(
    settings,
    [
      'local stratum 8',
      `port ${port}`,
      'bindaddress 127.0.0.1',
      'allow 127.0.0.1',
      'cmdport 0',
      `bindcmdaddress ${join(folder, 'command.sock')}`,
      `pidfile ${join(folder, 'chronyd.pid')}`,
    ].join('\n'),
  );
  // -x: never touches the system's clock. -d: stays in the foreground.
  const child = spawn('chronyd', ['-d', '-x', '-U', '-u', 'root', '-f', settings], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (data: Buffer) => (log += data.toString()));
  server = { address: `127.0.0.1:${port}`, child, folder };
  const givenUpAtMs = systemClock.monotonicMs() + START_WITHIN_MS;
  while ((await querySntp(server.address, { clock: systemClock, timeoutMs: 200 })).kind === 'failed') {
    if (child.exitCode !== null || systemClock.monotonicMs() > givenUpAtMs)
      throw new Error(`chronyd did not start: ${log}`);
  }
});

afterAll(async () => {
  if (server === null) return;
  if (server.child.exitCode === null) {
    const ended = once(server.child, 'close');
    server.child.kill();
    await ended;
  }
  rmSync(server.folder, { recursive: true, force: true });
});

const startedServer = (context: TestContext): Server => server ?? context.skip(reason);

test('G8: a real NTP server on this computer finds its clock right, to within the uncertainty', async (context) => {
  const { address } = startedServer(context);
  const outcome = await querySntp(address, { clock: systemClock });
  expect(outcome.kind).toBe('answered');
  if (outcome.kind !== 'answered') return;
  expect(Math.abs(outcome.offsetMs)).toBeLessThanOrEqual(outcome.uncertaintyMs + 1);
  expect(outcome.uncertaintyMs).toBeLessThan(1_000);
});

test('G8: a computer whose clock is 90 s behind is told so by a real NTP server', async (context) => {
  const { address } = startedServer(context);
  const clock = { ...systemClock, nowMs: () => systemClock.nowMs() - 90_000 };
  const monitor = new ClockMonitor({
    clock,
    events: new EventHub(),
    servers: () => [address],
    fallbacks: () => [],
  });
  const status = await monitor.check();
  expect(status).toMatchObject({ kind: 'checked', source: address, verdict: 'warning' });
  if (status.kind !== 'checked') return;
  expect(Math.abs(status.offsetMs - 90_000)).toBeLessThanOrEqual(status.uncertaintyMs + 1);
});
