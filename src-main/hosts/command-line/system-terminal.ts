// The terminal that this process runs in.
import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Terminal } from './command.ts';

/** Swallows the echo of what is typed. */
const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Ended by Ctrl-C as if nothing had been typed. Standard output is for results, so questions go to standard error. */
function askLine(question: string, output: Writable): Promise<string | null> {
  if (!process.stdin.isTTY) return Promise.resolve(null);
  return new Promise((resolve) => {
    const reader = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
    // Only now that the terminal no longer shows by itself what is typed.
    process.stderr.write(question);
    let answer: string | null = null;
    reader.once('line', (line) => {
      answer = line;
      reader.close();
    });
    reader.once('SIGINT', () => reader.close());
    reader.once('close', () => {
      // What is typed shows the end of the line by itself.
      if (answer === null || output !== process.stderr) process.stderr.write('\n');
      resolve(answer);
    });
  });
}

const ended = (): Promise<void> =>
  new Promise((resolve) => {
    // Once: whoever presses Ctrl-C a second time does not want to wait.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

/** A timer that never fires, but counts as work. */
function stayAwake(): () => void {
  const timer = setInterval(() => undefined, 60_000);
  return () => clearInterval(timer);
}

/** A program in the background that reads from its terminal is stopped by the system (SIGTTIN). */
function isInForeground(): boolean {
  if (process.platform === 'win32') return true;
  const ps = spawnSync('ps', ['-o', 'tpgid=,pgid=', '-p', String(process.pid)], { encoding: 'utf8' });
  const [foreground, own] = ps.status === 0 ? ps.stdout.trim().split(/\s+/) : [];
  return own !== undefined && foreground === own;
}

function onEnter(work: () => void): boolean {
  if (!process.stdin.isTTY || !isInForeground()) return false;
  process.stdin.on('data', work);
  // Waiting for Enter must not keep the program alive.
  process.stdin.unref();
  return true;
}

export const systemTerminal: Terminal = {
  print: (text) => process.stdout.write(text),
  tell: (sentence) => process.stderr.write(`${sentence}\n`),
  ask: (question) => askLine(question, process.stderr),
  askSecret: (question) => askLine(question, nowhere()),
  ended,
  stayAwake,
  onEnter,
};
