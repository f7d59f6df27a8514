// Programs that are killed in the middle of their work, and the repeatable randomness that says when.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const KILL_WITHIN_MS = 4;
const node = join(import.meta.dirname, '../../node_modules/.bin/node');

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Killing {
  /** The program, a file of this folder, and what it is started with. */
  readonly writer: string;
  readonly args: readonly string[];
  /** Where compiled code is kept between the runs: it then starts quickly. */
  readonly cache: string;
  readonly random: () => number;
  /** The kill comes after 1 to so many acknowledgements, and a moment more. */
  readonly within: number;
  /** How long that moment is at most; a few milliseconds if left out. */
  readonly withinMs?: number;
  /** How each acknowledgement ends. */
  readonly acknowledgement: string;
}

/**
 * Runs a program that is killed, and answers the lines that it has said. `onOutput` hears what it has said so far.
 * Rejects when it ends in any other way.
 */
function linesOf(
  writer: string,
  args: readonly string[],
  cache: string,
  onOutput: (output: string, kill: () => void) => void,
): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [join(import.meta.dirname, writer), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    });
    let output = '';
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      onOutput(output, () => child.kill('SIGKILL'));
    });
    child.once('close', (_code, signal) => {
      // A last line without its end was cut off by the kill: what it tells was not begun yet.
      if (signal === 'SIGKILL') resolve(output.split('\n').slice(0, -1));
      else reject(new Error(`The writer ended by itself: ${errors}`));
    });
  });
}

/** Runs the program, kills it, and answers the lines that it has said. Rejects when it ends by itself. */
export function runAndKill(killing: Killing): Promise<readonly string[]> {
  const { writer, args, cache, random, within, withinMs = KILL_WITHIN_MS, acknowledgement } = killing;
  const killAfter = 1 + Math.floor(random() * within);
  const delayMs = random() * withinMs;
  let isDue = false;
  return linesOf(writer, args, cache, (output, kill) => {
    if (isDue || output.split(acknowledgement).length - 1 < killAfter) return;
    isDue = true;
    setTimeout(kill, delayMs);
  });
}

/** Runs a program that kills itself, and answers the lines that it has said. Rejects when it ends in any other way. */
export const runUntilKilled = (
  writer: string,
  args: readonly string[],
  cache: string,
): Promise<readonly string[]> => linesOf(writer, args, cache, () => undefined);
