// The writer lock over processes: of many that start at once exactly one gets it; a killed one keeps nobody out.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { findWriter, WriterLock } from '../../src-main/storage/writer-lock.ts';

const PROCESSES = 6;
const node = join(import.meta.dirname, '../../node_modules/.bin/node');
const holder = join(import.meta.dirname, 'storage-lock-holder.ts');

interface Holder {
  readonly child: ChildProcess;
  /** The next line that the process prints. */
  readonly line: () => Promise<string>;
  readonly go: () => void;
  readonly kill: () => Promise<void>;
}

function startHolder(folder: string): Holder {
  const child = spawn(node, [holder, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'close');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return {
    child,
    line: async () => {
      const { value, done } = await lines.next();
      return done === true ? 'ended' : value;
    },
    go: () => child.stdin.write('go\n'),
    kill,
  };
}

test('of several processes that ask at the same moment exactly one gets the lock; killed, it keeps nobody out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const holders = Array.from({ length: PROCESSES }, () => startHolder(folder));
  for (const { line } of holders) expect(await line()).toBe('ready');
  for (const { go } of holders) go();
  const answers = await Promise.all(holders.map(({ line }) => line()));

  const winners = holders.filter((_, place) => answers[place] === 'got it');
  expect(winners, answers.join(', ')).toHaveLength(1);
  expect(answers.filter((answer) => answer.startsWith('already-open'))).toHaveLength(PROCESSES - 1);
  const [winner] = winners;
  const details = { pid: winner?.child.pid, host: 'loopback', address: 'http://127.0.0.1:1/' };
  await expect(WriterLock.acquire({ folder, host: 'desktop' })).rejects.toMatchObject({
    code: 'already-open',
    details,
  });

  await winner?.kill();
  expect(await findWriter(folder)).toBeNull();
  const lock = await WriterLock.acquire({ folder, host: 'desktop' });
  await lock.release();
});
