// G17 on Linux: the lock of the screen is heard on a real session bus, and nothing is heard without one.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const steps = join(import.meta.dirname, 'screen-lock-steps.ts');

/** Runs the steps in a session of their own and answers what they print. */
async function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return output;
}

describe('watchLinuxScreenLock', () => {
  it('hears the screen being locked, not unlocked, and nothing once it has ended', async () => {
    const output = await run('dbus-run-session', ['--', process.execPath, steps]);
    expect(output).toBe('locked\nlocked\nended\n');
  });

  it('does without a session bus, and without dbus-monitor', async () => {
    const nowhere = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };
    expect(await run(process.execPath, [steps, 'silent'], nowhere)).toBe('ended\n');
    expect(await run(process.execPath, [steps, 'silent'], { ...nowhere, PATH: '/nowhere' })).toBe('ended\n');
  });
});
