// `twofold codes` over a real vault on disk: read beside the app, never written, and silent about secrets.
import {
  existsSync,
  mkdtempSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { CodesOutput } from '../../src-main/hosts/command-line/codes.ts';
import { exitCodes } from '../../src-main/hosts/command-line/command.ts';
import { runCommandLine } from '../../src-main/hosts/command-line/run-command-line.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import type { KeyStore } from '../../src-main/secrets/key-store.ts';
import { type Services, startServices } from '../../src-main/services.ts';
import { FakeTerminal } from '../fakes/fake-terminal.ts';
import { nobody } from '../fakes/recording-router.ts';

/** RFC 6238 appendix B: at 59 s this secret gives 94287082 with eight digits, 287082 with six. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const AT_MS = 59_000;
const PASSPHRASE = 'correct horse battery staple';

const silentKeychain: KeyStore = {
  read: () => Promise.resolve({ kind: 'unavailable', reason: 'This session has no keychain.' }),
  write: () => Promise.reject(new TwofoldError('key-unavailable', 'This session has no keychain.')),
  remove: () => Promise.resolve(),
};

let home: string;
let keychain: KeyStore;
let clock: VirtualClock;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'twofold-codes-'));
  keychain = new MemoryKeyStore();
  clock = new VirtualClock(AT_MS);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The app itself, as another host would run it. */
const openApp = (): Promise<Services> =>
  startServices({
    host: 'test',
    home,
    version: '0',
    clock,
    keychain,
    openBrowser: () => Promise.resolve({ url: null }),
    onFault: (method, frames) => {
      throw new Error(`${method} ${frames}`);
    },
  });

async function add(app: Services, issuer: string, name: string, digits: number): Promise<void> {
  const input = { issuer, name, secret: SECRET, algorithm: 'SHA-1', digits, periodS: 30 };
  const answer = await app.router('authenticator:addManually', input, nobody);
  expect(answer).toMatchObject({ ok: true });
}

/** A vault with two accounts, closed. Time servers are none: nothing is asked outside. */
async function makeVault(passphrase: string | null = null): Promise<void> {
  writeFileSync(
    join(home, 'preferences.json'),
    JSON.stringify({
      version: 1,
      content: { settings: { theme: 'system', timeServers: [], timeFallbacks: [] }, notices: [] },
    }),
  );
  const app = await openApp();
  if (passphrase !== null) {
    expect(await app.router('app:choosePassphrase', { passphrase }, nobody)).toMatchObject({ ok: true });
  }
  await add(app, 'Northwind', 'maria.keller', 6);
  await add(app, 'Contoso', 'maria', 8);
  await app.close();
}

async function codes(args: readonly string[] = [], secret: string | null = null) {
  const terminal = new FakeTerminal(secret);
  const exitCode = await runCommandLine(['codes', ...args], {
    terminal,
    clock,
    keychain,
    home,
    version: '0',
    pages: '/nowhere',
  });
  expect(terminal.printed + terminal.told).not.toContain(SECRET.slice(0, 8));
  return { exitCode, printed: terminal.printed, told: terminal.told, asked: terminal.asked };
}

const contents = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(home)
      .sort()
      .map((name) => [name, readFileSync(join(home, name)).toString('base64')]),
  );

describe('with keys in a keychain', () => {
  beforeEach(() => makeVault());

  test('shows the codes of RFC 6238 in the order of adding', async () => {
    expect(await codes()).toEqual({
      exitCode: exitCodes.done,
      printed: 'Northwind  maria.keller  287 082    1 s\nContoso    maria         9428 7082  1 s\n',
      told: '',
      asked: 0,
    });
  });

  test('shows those that fit the filter, words in any order', async () => {
    expect((await codes(['MARIA', 'contoso'])).printed).toBe('Contoso  maria  9428 7082  1 s\n');
  });

  test('says so when none fits', async () => {
    const { exitCode, printed, told } = await codes(['nobody\u001b[2J']);
    expect([exitCode, printed, told]).toEqual([exitCodes.notFound, '', 'No account fits “nobody [2J”.']);
  });

  test('--json prints what its schema says, and nothing else', async () => {
    const { exitCode, printed } = await codes(['north', '--json']);
    const output = CodesOutput.parse(JSON.parse(printed));
    expect(exitCode).toBe(exitCodes.done);
    expect(output.nowMs).toBe(AT_MS);
    expect(output.accounts).toMatchObject([
      {
        issuer: 'Northwind',
        name: 'maria.keller',
        code: '287082',
        validFromMs: 30_000,
        validUntilMs: 60_000,
      },
    ]);
  });

  test('--json without a match is an empty list and the exit code of none', async () => {
    const { exitCode, printed } = await codes(['nobody', '--json']);
    expect(exitCode).toBe(exitCodes.notFound);
    expect(CodesOutput.parse(JSON.parse(printed)).accounts).toEqual([]);
  });

  test('works beside a Twofold that is open, and leaves every file as it was', async () => {
    const app = await openApp();
    try {
      const before = contents();
      expect((await codes()).exitCode).toBe(exitCodes.done);
      expect(contents()).toEqual(before);
    } finally {
      await app.close();
    }
  });

  test('a damaged vault is told and left as it is', async () => {
    writeFileSync(join(home, 'vault.twofold'), 'TWOFOLD-VAULT 1\nscrap');
    const before = contents();
    const { exitCode, printed, told } = await codes();
    expect([exitCode, printed]).toEqual([exitCodes.failed, '']);
    expect(told).toMatch(/vault\.twofold is damaged\. It was left as it is\./);
    expect(contents()).toEqual(before);
  });

  test('a keychain that does not answer is told; no new key is made', async () => {
    keychain = silentKeychain;
    const before = contents();
    const { exitCode, told } = await codes();
    expect(exitCode).toBe(exitCodes.noKeys);
    expect(told).toContain('This session has no keychain.');
    expect(contents()).toEqual(before);
  });

  test('a keychain that lost the key is told; no new key is made', async () => {
    keychain = new MemoryKeyStore();
    const before = contents();
    expect((await codes()).exitCode).toBe(exitCodes.noKeys);
    expect(contents()).toEqual(before);
  });
});

describe('with keys under a passphrase', () => {
  beforeEach(async () => {
    keychain = silentKeychain;
    await makeVault(PASSPHRASE);
  });

  const withDescriptor = async (content: string) => {
    const path = join(home, 'passphrase-of-the-test');
    writeFileSync(path, content);
    const descriptor = openSync(path, 'r');
    try {
      return await codes(['contoso', '--passphrase-fd', String(descriptor)]);
    } finally {
      closeSync(descriptor);
    }
  };

  test('asks at the terminal', async () => {
    const { exitCode, printed, asked } = await codes(['contoso'], PASSPHRASE);
    expect([exitCode, asked]).toEqual([exitCodes.done, 1]);
    expect(printed).toContain('9428 7082');
  });

  test.each([PASSPHRASE, `${PASSPHRASE}\n`, `${PASSPHRASE}\r\nsecond line\n`])(
    'reads it from a file descriptor, up to the end of the line: %j',
    async (content) => {
      const { exitCode, asked } = await withDescriptor(content);
      expect([exitCode, asked]).toEqual([exitCodes.done, 0]);
    },
  );

  test.each([
    ['', /holds no passphrase/],
    ['\n', /holds no passphrase/],
    ['x'.repeat(5000), /holds too much/],
  ])('refuses a descriptor with %#', async (content, sentence) => {
    const { exitCode, told } = await withDescriptor(content);
    expect(exitCode).toBe(exitCodes.noKeys);
    expect(told).toMatch(sentence);
  });

  test('refuses a descriptor that is not open', async () => {
    const { exitCode, told } = await codes(['--passphrase-fd', '999']);
    expect([exitCode, told]).toEqual([exitCodes.noKeys, 'File descriptor 999 cannot be read.']);
  });

  test('a wrong passphrase is refused and does not appear', async () => {
    const { exitCode, printed, told } = await codes([], 'wrong horse battery staple');
    expect([exitCode, printed]).toEqual([exitCodes.noKeys, '']);
    expect(told).not.toMatch(/wrong horse|correct horse/);
  });

  test('where nobody can be asked, it says how to give it', async () => {
    const { exitCode, told } = await codes();
    expect(exitCode).toBe(exitCodes.noKeys);
    expect(told).toContain('--passphrase-fd');
  });
});

test('a first start without a keychain has no vault yet', async () => {
  keychain = silentKeychain;
  const { exitCode } = await codes();
  expect(exitCode).toBe(exitCodes.notFound);
  expect(existsSync(join(home, 'keys.json'))).toBe(false);
});
