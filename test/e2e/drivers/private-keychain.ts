// An OS keychain of the tests' own: gnome-keyring on a private D-Bus session, with a fresh home folder.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface PrivateKeychain {
  /** What a program needs in its environment to find it. */
  readonly env: Readonly<Record<string, string>>;
  end(): Promise<void>;
}

/**
 * Prints the bus address once the keyring is open, and then lives as long as its standard input: when the tests die,
 * however they die, the session with all that belongs to it ends.
 */
const session = `
printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null
echo "$DBUS_SESSION_BUS_ADDRESS"
exec cat >/dev/null
`;

const START_WITHIN_MS = 60_000;

/** The environment of the tests without what would lead to the user's own session and home. */
export function cleanEnvironment(home: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined || /^(XDG_|DBUS_|GNOME_KEYRING_|NODE_OPTIONS$|VITEST|TWOFOLD_)/.test(name))
      continue;
    env[name] = value;
  }
  return { ...env, HOME: home };
}

export async function startPrivateKeychain(): Promise<PrivateKeychain> {
  const home = mkdtempSync(join(tmpdir(), 'twofold-keychain-'));
  // The keyring's control socket lies here; without it, it would look for a folder of the user's session.
  const runtimeFolder = mkdtempSync(join(tmpdir(), 'twofold-run-'));
  const env = { ...cleanEnvironment(home), XDG_RUNTIME_DIR: runtimeFolder };
  const child = spawn('dbus-run-session', ['--', 'sh', '-c', session], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The private keychain did not start. ${errors}`)),
      START_WITHIN_MS,
    );
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      done();
    };
    createInterface(child.stdout).once('line', (line) => settle(() => resolve(line)));
    child.once('error', (error) => settle(() => reject(error)));
    child.once('close', () => settle(() => reject(new Error(`The private keychain ended. ${errors}`))));
  });
  return {
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: address },
    async end() {
      child.stdin.end();
      await ended;
      rmSync(home, { recursive: true, force: true });
      rmSync(runtimeFolder, { recursive: true, force: true });
    },
  };
}
