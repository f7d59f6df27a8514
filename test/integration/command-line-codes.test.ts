// `twofold codes` over a real vault on disk: read beside the app, never written, and silent about secrets.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodesOutput } from '../../src-main/hosts/command-line/codes.ts';
import { exitCodes } from '../../src-main/hosts/command-line/command.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import type { Services } from '../../src-main/services.ts';
import { rightAnswer, startNtpServer } from '../fakes/ntp-server.ts';
import { nobody } from '../fakes/recording-router.ts';
import { AT_MS, CommandLineWorld, PASSPHRASE, SECRET, silentKeychain } from './command-line-world.ts';

let world: CommandLineWorld;
beforeEach(() => {
  world = new CommandLineWorld();
});
afterEach(() => world.remove());

async function add(app: Services, account: Record<string, string | number>): Promise<void> {
  const usual = { type: 'totp', secret: SECRET, algorithm: 'SHA-1', digits: 6, periodS: 30, counter: 0 };
  const answer = await app.router('authenticator:addManually', { ...usual, ...account }, nobody);
  expect(answer).toMatchObject({ ok: true });
}

/** A vault with two accounts, closed. */
async function makeVault(passphrase: string | null = null): Promise<void> {
  const app = await world.openApp();
  if (passphrase !== null) {
    expect(await app.router('app:choosePassphrase', { passphrase }, nobody)).toMatchObject({ ok: true });
  }
  await add(app, { issuer: 'Northwind', name: 'maria.keller' });
  await add(app, { issuer: 'Contoso', name: 'maria', digits: 8 });
  await app.close();
}

async function codes(args: readonly string[] = [], secret: string | null = null) {
  const { exitCode, printed, told, asked } = await world.run(['codes', ...args], { secret });
  expect(printed + told).not.toContain(SECRET.slice(0, 8));
  return { exitCode, printed, told, asked };
}

const contents = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(world.home)
      .sort()
      .map((name) => [name, readFileSync(join(world.home, name)).toString('base64')]),
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
    const app = await world.openApp();
    try {
      const before = contents();
      expect((await codes()).exitCode).toBe(exitCodes.done);
      expect(contents()).toEqual(before);
    } finally {
      await app.close();
    }
  });

  test('a damaged vault is told and left as it is', async () => {
    writeFileSync(join(world.home, 'vault.twofold'), 'TWOFOLD-VAULT 1\nscrap');
    const before = contents();
    const { exitCode, printed, told } = await codes();
    expect([exitCode, printed]).toEqual([exitCodes.failed, '']);
    expect(told).toMatch(/vault\.twofold is damaged\. It was left as it is\./);
    expect(contents()).toEqual(before);
  });

  test('a keychain that does not answer is told; no new key is made', async () => {
    world.keychain = silentKeychain;
    const before = contents();
    const { exitCode, told } = await codes();
    expect(exitCode).toBe(exitCodes.noKeys);
    expect(told).toContain('This session has no keychain.');
    expect(contents()).toEqual(before);
  });

  test('a keychain that lost the key is told; no new key is made', async () => {
    world.keychain = new MemoryKeyStore();
    const before = contents();
    expect((await codes()).exitCode).toBe(exitCodes.noKeys);
    expect(contents()).toEqual(before);
  });
});

describe('with keys under a passphrase', () => {
  beforeEach(async () => {
    world.keychain = silentKeychain;
    await makeVault(PASSPHRASE);
  });

  const withDescriptor = async (content: string) => {
    const path = join(world.folder, 'passphrase');
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
  world.keychain = silentKeychain;
  const { exitCode } = await codes();
  expect(exitCode).toBe(exitCodes.notFound);
  expect(existsSync(join(world.home, 'keys.json'))).toBe(false);
});

describe('issue 3: counter-based accounts', () => {
  beforeEach(async () => {
    const app = await world.openApp();
    // RFC 4226 appendix D: the codes of the counters 0 and 1 are 755224 and 287082.
    await add(app, { type: 'hotp', issuer: 'Northwind', name: 'counted' });
    await add(app, { issuer: 'Northwind', name: 'timed' });
    await app.close();
  });

  test('the list shows a dash, and how to count on', async () => {
    const { exitCode, printed, told } = await codes();
    expect(exitCode).toBe(exitCodes.done);
    expect(printed).toBe('Northwind  counted  –\nNorthwind  timed    287 082  1 s\n');
    expect(told).toBe('A counter-based account shows its next code with: twofold codes --next FILTER');
  });

  test('--next counts on, and stores the counter before the code is printed', async () => {
    expect((await codes(['--next', 'northwind'])).printed).toBe('Northwind  counted  755 224\n');
    const app = await world.openApp();
    const list = await app.router('authenticator:list', {}, nobody);
    const id = list.ok ? /"id":"([^"]+)"/.exec(JSON.stringify(list.value))?.[1] : undefined;
    expect(await app.router('authenticator:details', { id }, nobody)).toMatchObject({
      value: { type: 'hotp', counter: 1 },
    });
    await app.close();
    const { printed } = await codes(['--next', 'counted', '--json']);
    expect(CodesOutput.parse(JSON.parse(printed)).accounts).toMatchObject([{ code: '287082' }]);
  });

  test('--next beside a Twofold that is open changes nothing, with an exit code of its own', async () => {
    const app = await world.openApp();
    const before = contents();
    const { exitCode, told } = await codes(['--next', 'counted']);
    expect(exitCode).toBe(exitCodes.alreadyOpen);
    expect(told).toMatch(/Twofold is open already.*Nothing was changed/);
    expect(contents()).toEqual(before);
    await app.close();
  });

  test.each([
    [['--next', 'timed'], exitCodes.notFound],
    [['--next'], exitCodes.wrongUsage],
  ])('%j is refused', async (args, exitCode) => {
    expect((await codes(args)).exitCode).toBe(exitCode);
  });
});

describe('issue 3: a computer whose clock is 40 s behind', () => {
  const correcting = (timeServers: readonly string[]): void => {
    const path = join(world.home, 'preferences.json');
    const settings = { theme: 'system', timeServers, timeFallbacks: [], correctsClock: true };
    writeFileSync(path, JSON.stringify({ version: 1, content: { settings, notices: [] } }));
  };
  beforeEach(() => makeVault());

  test('shows right codes where the settings allow it, and says so', async () => {
    // RFC 6238 appendix B: 69279037 at that time.
    const realMs = 2_000_000_000_000;
    world.clock.advance(realMs - 40_000 - AT_MS);
    const server = await startNtpServer((request) => [rightAnswer(request, realMs)]);
    try {
      correcting([server.address]);
      const { exitCode, printed, told } = await codes(['northwind']);
      expect([exitCode, printed]).toEqual([exitCodes.done, 'Northwind  maria.keller  279 037  10 s\n']);
      expect(told).toBe('This computer is 40 s behind real time. The codes are corrected for that.');
    } finally {
      server.close();
    }
  });

  test('says that it could not be checked where nobody answers', async () => {
    correcting([]);
    const { printed, told } = await codes(['northwind']);
    expect(printed).toContain('287 082');
    expect(told).toMatch(/^The clock could not be checked/u);
  });
});
