// Runs another program to its end, handing Ctrl-C and the like on to it, with an end by force where it hangs.
import { spawn } from 'node:child_process';

const KEPT_CHARACTERS = 20_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Never rejects. `show` lets the program use this terminal, `showErrors` passes its error output on while keeping it;
 * without either what it says is only kept. `isStuck` is asked every second; the first sentence it answers ends the
 * program.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ show?: boolean, showErrors?: boolean, cwd?: string, env?: NodeJS.ProcessEnv, isStuck?: () => string | null }} options
 * @returns {Promise<{ exitCode: number, signal: string | null, error: string | null, said: string }>}
 *   `error` says why it did not run or was ended by us; `said` is the end of its output.
 */
export function runProgram(program, args, options = {}) {
  return new Promise((resolve) => {
    const { show = false, showErrors = false, cwd, env, isStuck } = options;
    const stdio = show ? 'inherit' : showErrors ? ['inherit', 'inherit', 'pipe'] : ['ignore', 'pipe', 'pipe'];
    // A group of its own where it may have to be ended with all that it started; else Ctrl-C reaches it by itself.
    const detached = isStuck !== undefined && process.platform !== 'win32';
    const child = spawn(program, args, { cwd, env, stdio, detached, windowsHide: true });
    let said = '';
    let error = null;
    const keep = (text) => {
      said = (said + text).slice(-KEPT_CHARACTERS);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      keep(text);
      if (showErrors) process.stderr.write(text);
    });

    const end = (signal) => {
      try {
        if (detached && child.pid !== undefined) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // It has ended by itself.
      }
    };
    const handlers = signals.map((signal) => [
      signal,
      () => {
        // The terminal sends Ctrl-C to the whole group: the program ends itself, and we wait for it.
        if (signal === 'SIGINT' && !detached && process.stdin.isTTY) return;
        // Where it may have heard of it already, another word: a second Ctrl-C would mean not to wait.
        end(signal === 'SIGINT' ? 'SIGTERM' : signal);
      },
    ]);
    for (const [signal, handler] of handlers) process.on(signal, handler);
    const watch =
      isStuck &&
      setInterval(() => {
        const why = isStuck();
        if (why === null || error !== null) return;
        error = why;
        end('SIGKILL');
      }, 1000);

    const finish = (exitCode, signal) => {
      clearInterval(watch);
      for (const [name, handler] of handlers) process.removeListener(name, handler);
      resolve({ exitCode: exitCode ?? 1, signal: signal ?? null, error, said });
    };
    child.on('error', (cause) => {
      error = cause.message;
      finish(1, null);
    });
    child.on('close', finish);
  });
}
