// The built program as a whole: how long the loopback host takes to start, and what memory it holds then.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from './bench-row.ts';

const entry = join(import.meta.dirname, '../../out/main/serve.js');
const KIB = 1024;

/** Resident memory of a process in MiB, as ps counts it. */
function residentMemory(pid: number): number {
  const ps = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  const kib = Number(ps.stdout.trim());
  if (!(kib > 0)) throw new Error('ps does not tell the memory of a process.');
  return kib / KIB;
}

/** Starts the host on an empty folder and measures until it prints its address. */
export async function programBench(): Promise<BenchRow[]> {
  const home = await mkdtemp(join(tmpdir(), 'twofold-bench-'));
  const startedMs = performance.now();
  const child = spawn(process.execPath, [entry, '--no-open'], {
    env: { ...process.env, TWOFOLD_HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('error', reject);
      child.once('close', () => reject(new Error('The loopback host ended before it was ready.')));
    });
    const readyMs = performance.now() - startedMs;
    const memory = child.pid === undefined ? Number.NaN : residentMemory(child.pid);
    return [
      {
        name: 'loopback host: start to address',
        value: readyMs,
        unit: 'ms',
        note: 'first start, empty folder',
      },
      { name: 'loopback host: memory when ready', value: memory, unit: 'MiB', note: 'resident' },
    ];
  } finally {
    child.kill('SIGTERM');
    await ended;
    await rm(home, { recursive: true, force: true });
  }
}
