// The key ring over a real OS keychain: gnome-keyring on a private D-Bus session, with a fresh home folder.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

const node = join(import.meta.dirname, '../../node_modules/.bin/node');
const steps = join(import.meta.dirname, 'secrets-keychain-steps.ts');
const UNLOCKED = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;';
const LOCKED = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1;';

const Answer = z.object({
  state: z
    .object({ kind: z.string(), reason: z.string().optional(), protection: z.string().optional() })
    .optional(),
  id: z.string().optional(),
  sealed: z.string().optional(),
  plain: z.string().optional(),
  isDeleted: z.boolean().optional(),
});

beforeEach((context) => {
  const missing = ['dbus-run-session', 'gnome-keyring-daemon'].filter(
    (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0,
  );
  if (missing.length > 0)
    context.skip(`not installed: ${missing.join(', ')} (apt-get install dbus gnome-keyring)`);
});

function setUp() {
  const home = mkdtempSync(join(tmpdir(), 'twofold-keychain-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, 'run'), { mode: 0o700 });
  const file = join(home, 'data', 'keys.json');
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_RUNTIME_DIR: join(home, 'run'),
  };

  /** Runs one step to its end in a session of its own, which ends with it. */
  const run = (session: 'unlocked' | 'locked' | 'none', step: string, argument = '') =>
    new Promise<z.infer<typeof Answer>>((resolve, reject) => {
      const command = [node, steps, step, file, argument];
      const prepare = session === 'unlocked' ? UNLOCKED : LOCKED;
      const [program = '', ...rest] =
        session === 'none'
          ? command
          : ['dbus-run-session', '--', 'sh', '-c', `${prepare} exec "$0" "$@"`, ...command];
      const child = spawn(program, rest, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      let errors = '';
      child.stdout.on('data', (data: Buffer) => (output += data.toString()));
      child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
      child.once('close', () => {
        const line = output.split('\n').find((text) => text.startsWith('{'));
        if (line === undefined) reject(new Error(`The step ${step} gave no answer: ${errors}`));
        else resolve(Answer.parse(JSON.parse(line)));
      });
    });
  return { file, run };
}

test('S8: the key is made in the OS keychain, and a restarted session finds it again', async () => {
  const { run, file } = setUp();
  const first = await run('unlocked', 'seal');
  expect(first.state).toEqual({ kind: 'ready', protection: 'keychain' });
  const again = await run('unlocked', 'unseal', first.sealed);
  expect(again).toEqual({ state: { kind: 'ready', protection: 'keychain' }, plain: 'secret' });
  expect(readFileSync(file, 'utf8')).not.toContain('wrapped');
});

test('S21: the key was deleted from the keychain: missing, nothing is overwritten, no new key is made', async () => {
  const { run, file } = setUp();
  const { id = '', sealed } = await run('unlocked', 'seal');
  const before = readFileSync(file, 'utf8');
  expect(await run('unlocked', 'delete', `vault-${id}`)).toEqual({ isDeleted: true });
  for (let start = 0; start < 2; start += 1) {
    const { state, plain } = await run('unlocked', 'unseal', sealed);
    expect(state?.kind).toBe('key-missing');
    expect(state?.reason).toContain('no longer holds the key of your data');
    expect(plain).toBeUndefined();
  }
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('no D-Bus at first start: a passphrase is to be chosen, and the reason is said', async () => {
  const { run } = setUp();
  expect(await run('none', 'seal')).toEqual({
    state: { kind: 'choose-passphrase', reason: 'No keychain service answers: this session has no D-Bus.' },
  });
});

test('no D-Bus while the keychain holds the key: unavailable, and with the keychain back the data opens', async () => {
  const { run } = setUp();
  const { sealed } = await run('unlocked', 'seal');
  const without = await run('none', 'unseal', sealed);
  expect(without.state?.kind).toBe('keychain-unavailable');
  expect(without.state?.reason).toContain('Your data is kept as it is');
  expect((await run('unlocked', 'unseal', sealed)).plain).toBe('secret');
});

test('a locked keyring is not an empty one: unavailable, nothing replaced, and unlocked the data opens', async () => {
  const { run, file } = setUp();
  const { sealed } = await run('unlocked', 'seal');
  const before = readFileSync(file, 'utf8');
  const locked = await run('locked', 'unseal', sealed);
  expect(locked.state?.kind).toBe('keychain-unavailable');
  expect(locked.state?.reason).toContain('locked');
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect((await run('unlocked', 'unseal', sealed)).plain).toBe('secret');
});

test('no keyring that could be unlocked at first start: a passphrase is to be chosen', async () => {
  const { run } = setUp();
  const { state } = await run('locked', 'seal');
  expect(state).toEqual({
    kind: 'choose-passphrase',
    reason: 'The OS keychain is locked, or has no keyring yet.',
  });
});
