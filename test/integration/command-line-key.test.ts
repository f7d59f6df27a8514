// Issue 6: `twofold console key` over the folder: exported, imported into a key file, rotated; who did it stands in the audit.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { keyFilePlace } from '../../src-main/console/key-place.ts';
import { exitCodes } from '../../src-main/hosts/command-line/command.ts';
import type { Caller } from '../../src-main/ipc/caller.ts';
import { readConsoleKeyFile } from '../../src-main/secrets/console-key-file.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import type { Services } from '../../src-main/services.ts';
import { wholeAudit } from '../fakes/console-queries.ts';
import {
  CommandLineWorld,
  type Outcome,
  PASSPHRASE,
  silentKeychain,
  type Typed,
} from './command-line-world.ts';

const PASSWORD = 'glass otter 42 lantern';
const FILE_PASSWORD = 'a password for the file';
const STEP_MS = 30_000;

let world: CommandLineWorld;
let keychain: MemoryKeyStore;
beforeEach(() => {
  world = new CommandLineWorld();
  keychain = new MemoryKeyStore();
  world.keychain = keychain;
  onTestFinished(() => world.remove());
});

function browser(): Caller {
  const slots = new Map<string, string>();
  return {
    browser: {
      name: 'Firefox on Linux',
      read: (slot) => slots.get(slot),
      write: (slot, value) => void slots.set(slot, value),
      clear: (slot) => void slots.delete(slot),
    },
  };
}

async function value(app: Services, method: string, input: unknown, caller: Caller): Promise<unknown> {
  const answer = await app.router(method, input, caller);
  if (!answer.ok) throw new Error(`${method}: ${answer.error.message}`);
  return answer.value;
}

const SetUp = z.object({ kind: z.literal('set-up'), sheet: z.object({ groupedSecret: z.string() }) });

/** A console in the folder whose administrator has set up; answers the device. */
async function fillConsole(): Promise<TOTP> {
  const app = await world.openApp();
  const caller = browser();
  const organization = 'Northwind';
  const names = { displayName: 'Maria Keller', userName: 'maria.keller' };
  await value(app, 'console:createOrganization', { organization, ...names, password: PASSWORD }, caller);
  await value(app, 'administration:setTwoFactor', { turnOn: true, code: null }, caller);
  await value(app, 'console:signOut', {}, caller);
  const step = await value(app, 'console:signIn', { userName: 'maria.keller', password: PASSWORD }, caller);
  const secret = SetUp.parse(step).sheet.groupedSecret.replaceAll(' ', '');
  const device = new TOTP({ secret: Secret.fromBase32(secret) });
  await value(
    app,
    'console:confirmSetUp',
    { code: device.generate({ timestamp: world.clock.nowMs() }) },
    caller,
  );
  await app.close();
  return device;
}

/** Signs in with the device and answers the audit's events about the key. */
async function signsIn(app: Services, device: TOTP) {
  world.clock.advance(STEP_MS);
  const caller = browser();
  await value(app, 'console:signIn', { userName: 'maria.keller', password: PASSWORD }, caller);
  const code = device.generate({ timestamp: world.clock.nowMs() });
  const step = await value(app, 'console:submitCode', { code, trustBrowser: false }, caller);
  expect(step).toMatchObject({ kind: 'signed-in' });
  const Records = z.object({
    records: z.array(z.object({ event: z.string(), browser: z.string().nullable() })),
  });
  const { records } = Records.parse(await value(app, 'administration:audit', wholeAudit, caller));
  return records.filter(({ event }) => event.startsWith('sealing-key')).toReversed();
}

const key = (args: readonly string[], typed: Typed = {}): Promise<Outcome> =>
  world.run(['console', 'key', ...args], typed);

const exportPath = (): string => join(world.folder, 'console-key.json');
const keyPath = (): string => join(world.folder, 'console.key');

const exported = async (typed: Typed = { secret: FILE_PASSWORD }): Promise<void> => {
  const { exitCode, told } = await key(['export', '--output', exportPath()], typed);
  expect([exitCode, told]).toEqual([exitCodes.done, expect.stringContaining('was written')]);
};

/** All files of both folders. */
function filesText(except: readonly string[] = []): string {
  const texts: string[] = [];
  for (const folder of [world.home, world.folder]) {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (statSync(path).isFile() && !except.includes(path)) texts.push(readFileSync(path, 'latin1'));
    }
  }
  return texts.join('\n');
}

describe('issue 6: export and import', () => {
  test('over a key file the same secrets open; the audit says which command line it was', async () => {
    const device = await fillConsole();
    await exported();
    expect(statSync(exportPath()).mode & 0o777).toBe(0o600);
    const done = await key(['import', exportPath(), '--key-file', keyPath()], { secret: FILE_PASSWORD });
    expect([done.exitCode, done.told]).toEqual([exitCodes.done, expect.stringContaining(keyPath())]);
    expect(statSync(keyPath()).mode & 0o777).toBe(0o600);

    // A server without a keychain: only the console's files and the key file.
    const server = new CommandLineWorld();
    onTestFinished(() => server.remove());
    for (const name of readdirSync(world.home).filter((file) => file.startsWith('console'))) {
      copyFileSync(join(world.home, name), join(server.home, name));
    }
    server.keychain = silentKeychain;
    const app = await server.openApp({ consoleKey: await keyFilePlace(keyPath()) });
    expect(await app.consoleKeyFault()).toBeNull();
    server.clock.advance(world.clock.nowMs() - server.clock.nowMs());
    const records = await signsIn(app, device);
    expect(records.map(({ event }) => event)).toEqual(['sealing-key-exported', 'sealing-key-imported']);
    expect(records[0]?.browser).toMatch(`Command line on ${hostname()}, user `);
    await app.close();
  });

  test('the key stands in the key file alone, the password nowhere, neither in what is said', async () => {
    await fillConsole();
    await exported();
    const outcome = await key(['import', exportPath(), '--key-file', keyPath(), '--json'], {
      secret: FILE_PASSWORD,
    });
    const { bytes } = await readConsoleKeyFile(keyPath());
    const said = `${filesText([keyPath()])} ${outcome.printed} ${outcome.told}`;
    expect(filesText()).toContain(Buffer.from(bytes).toString('base64url'));
    for (const encoding of ['hex', 'base64', 'base64url', 'latin1'] as const) {
      expect(said).not.toContain(Buffer.from(bytes).toString(encoding));
    }
    expect(said).not.toContain(FILE_PASSWORD);
  });

  test('the key of another console is refused, and nothing is changed', async () => {
    await fillConsole();
    const other = new CommandLineWorld();
    onTestFinished(() => other.remove());
    const path = join(world.folder, 'other.json');
    expect((await other.run(['console', 'key', 'make', '--key-file', keyPath()])).exitCode).toBe(
      exitCodes.done,
    );
    const made = await other.run(['console', 'key', 'export', '--output', path, '--key-file', keyPath()], {
      secret: FILE_PASSWORD,
    });
    expect(made.exitCode).toBe(exitCodes.done);
    const before = filesText();
    const refused = await key(['import', path], { secret: FILE_PASSWORD });
    expect([refused.exitCode, refused.told]).toEqual([
      exitCodes.refused,
      expect.stringContaining('not the one that seals this console’s shared secrets'),
    ]);
    expect(filesText()).toBe(before);
    // A node that is started with it says so, and writes nothing.
    const app = await world.openApp({ consoleKey: await keyFilePlace(keyPath()) });
    expect(await app.consoleKeyFault()).toMatchObject({ details: { reason: 'wrong-key' } });
    const answer = await app.router(
      'console:signIn',
      { userName: 'maria.keller', password: PASSWORD },
      browser(),
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'key-unavailable' } });
    await app.close();
    expect(filesText()).toBe(before);
  });

  test('refused: a wrong password, another file, a file that is there, a Twofold that is open, nobody to ask', async () => {
    await fillConsole();
    await exported();
    expect((await key(['import', exportPath()], { secret: 'a wrong password' })).exitCode).toBe(
      exitCodes.noKeys,
    );
    const note = world.file('note.txt', 'hello');
    expect((await key(['import', note], { secret: FILE_PASSWORD })).exitCode).toBe(exitCodes.refused);
    expect((await key(['export', '--output', exportPath()], { secret: FILE_PASSWORD })).exitCode).toBe(
      exitCodes.alreadyThere,
    );
    expect((await key(['export', '--output', join(world.folder, 'x')], { secret: null })).exitCode).toBe(
      exitCodes.noKeys,
    );
    expect((await key(['export', '--output', join(world.folder, 'x')], { secret: 'short' })).exitCode).toBe(
      exitCodes.noKeys,
    );
    expect(existsSync(join(world.folder, 'x'))).toBe(false);
    const app = await world.openApp();
    for (const args of [
      ['export', '--output', join(world.folder, 'x')],
      ['import', exportPath()],
      ['rotate', '--yes'],
    ]) {
      expect((await key(args, { secret: FILE_PASSWORD })).exitCode).toBe(exitCodes.alreadyOpen);
    }
    await app.close();
    for (const args of [[], ['frobnicate'], ['export'], ['import'], ['make']]) {
      expect((await key(args)).exitCode).toBe(exitCodes.wrongUsage);
    }
  });

  test('under a passphrase: it is asked for to export, and keeps the imported key', async () => {
    world.keychain = silentKeychain;
    const passphrase = await world.openApp();
    await value(passphrase, 'app:choosePassphrase', { passphrase: PASSPHRASE }, browser());
    await passphrase.close();
    await exported({ secret: [PASSPHRASE, FILE_PASSWORD] });
    expect((await key(['import', exportPath()], { secret: [FILE_PASSWORD, PASSPHRASE] })).exitCode).toBe(
      exitCodes.done,
    );
    expect(
      (await key(['export', '--output', exportPath(), '--force'], { secret: 'not the passphrase' })).exitCode,
    ).toBe(exitCodes.noKeys);
  });
});

describe('issue 6: the key file', () => {
  test('serve refuses one that others may read, a link, and one that is not there, in a clear sentence', async () => {
    await key(['make', '--key-file', keyPath()]);
    const link = join(world.folder, 'link.key');
    symlinkSync(keyPath(), link);
    chmodSync(keyPath(), 0o640);
    for (const [path, sentence] of [
      [keyPath(), 'chmod 600'],
      [link, 'symbolic link'],
      [join(world.folder, 'none.key'), 'is not there'],
    ] as const) {
      world.variables = { TWOFOLD_CONSOLE_KEY_FILE: path };
      const { exitCode, told, printed } = await world.run(['serve', '--no-open']);
      expect([exitCode, told, printed]).toEqual([exitCodes.noKeys, expect.stringContaining(sentence), '']);
    }
  });

  test('another key in it is not replaced without --force', async () => {
    await fillConsole();
    await exported();
    await key(['make', '--key-file', keyPath()]);
    const before = readFileSync(keyPath(), 'utf8');
    const again = ['import', exportPath(), '--key-file', keyPath()];
    expect((await key(again, { secret: FILE_PASSWORD })).exitCode).toBe(exitCodes.alreadyThere);
    expect(readFileSync(keyPath(), 'utf8')).toBe(before);
    expect((await key([...again, '--force'], { secret: FILE_PASSWORD })).exitCode).toBe(exitCodes.done);
    expect((await key(again, { secret: FILE_PASSWORD })).exitCode).toBe(exitCodes.done);
    expect((await key(['make', '--key-file', keyPath()])).exitCode).toBe(exitCodes.alreadyThere);
  });
});

describe('issue 6: rotate', () => {
  test('over the folder it is done at once: the secrets open with the new key, and the vault’s is not touched', async () => {
    const device = await fillConsole();
    const before = keychain.names();
    const result = await world.json(['console', 'key', 'rotate', '--yes']);
    expect(result).toMatchObject({ resealed: 1, isFinished: true });
    const after = keychain.names();
    expect(after).toHaveLength(2);
    expect(after.filter((name) => name.startsWith('vault'))).toEqual(
      before.filter((name) => name.startsWith('vault')),
    );
    expect(after).not.toEqual(before);
    const app = await world.openApp();
    expect((await signsIn(app, device)).map(({ event }) => event)).toEqual([
      'sealing-key-rotation-started',
      'sealing-key-taken-up',
      'sealing-key-rotated',
      'sealing-key-retired',
    ]);
    await app.close();
    expect((await key(['rotate', '--finish', '--yes'])).told).toContain('No rotation is under way');
  });

  test('an export from before does not fit any more; without an answer nothing is rotated', async () => {
    await fillConsole();
    await exported();
    const asked = await key(['rotate']);
    expect(asked.exitCode).toBe(exitCodes.notConfirmed);
    expect((await key(['rotate'], { answer: 'n' })).exitCode).toBe(exitCodes.notConfirmed);
    expect((await key(['rotate'], { answer: 'y' })).exitCode).toBe(exitCodes.done);
    expect((await key(['import', exportPath()], { secret: FILE_PASSWORD })).exitCode).toBe(exitCodes.refused);
  });

  test('with a key file, the new key is in it, and the old one nowhere', async () => {
    const device = await fillConsole();
    await exported();
    await key(['import', exportPath(), '--key-file', keyPath()], { secret: FILE_PASSWORD });
    const former = Buffer.from((await readConsoleKeyFile(keyPath())).bytes).toString('base64url');
    world.variables = { TWOFOLD_CONSOLE_KEY_FILE: keyPath() };
    expect((await key(['rotate', '--yes'])).exitCode).toBe(exitCodes.done);
    expect(filesText()).not.toContain(former);
    expect(statSync(keyPath()).mode & 0o777).toBe(0o600);
    const app = await world.openApp({ consoleKey: await keyFilePlace(keyPath()) });
    await signsIn(app, device);
    await app.close();
  });
});
