// Issue 3, command line: adding, importing, exporting, copying, backups and the lock, on a real folder of data.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { toBuffer } from 'qrcode';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BackupStatus, BackupTest } from '../../src-shared/contract/backup.ts';
import { ENCRYPTED_FORMATS, ExportFormat } from '../../src-shared/contract/transfer.ts';
import { AddedOutput } from '../../src-main/hosts/command-line/added-accounts.ts';
import { exitCodes } from '../../src-main/hosts/command-line/command.ts';
import { CopyOutput } from '../../src-main/hosts/command-line/copy.ts';
import { ExportOutput } from '../../src-main/hosts/command-line/export.ts';
import { ListOutput } from '../../src-main/hosts/command-line/list.ts';
import { ImportPreview } from '../../src-main/hosts/command-line/preview-file.ts';
import { nobody } from '../fakes/recording-router.ts';
import {
  CommandLineWorld,
  FakeClipboard,
  type Outcome,
  PASSPHRASE,
  SECRET,
  silentKeychain,
} from './command-line-world.ts';

const vectors = join(import.meta.dirname, '../vectors/transfer');
const LINK = `otpauth://totp/Contoso:lee?secret=${SECRET}&issuer=Contoso`;
const PASSWORD = 'of the file alone';

let world: CommandLineWorld;
beforeEach(() => {
  world = new CommandLineWorld();
});
afterEach(() => world.remove());

const listed = async () => ListOutput.parse(await world.json(['list'])).accounts;

/** The files of the data, to see that nothing was changed. */
const data = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(world.home)
      .sort()
      .map((name) => [name, readFileSync(join(world.home, name)).toString('base64')]),
  );

const addNorthwind = () =>
  world.run(['add', '--issuer', 'Northwind', '--account', 'maria'], { secret: SECRET });

function expectNoSecret({ printed, told }: Outcome): void {
  expect(printed + told).not.toContain(SECRET.slice(0, 8));
}

describe('twofold add', () => {
  test('makes the vault at the first start and adds what was typed', async () => {
    const outcome = await addNorthwind();
    expectNoSecret(outcome);
    expect(outcome).toMatchObject({
      exitCode: exitCodes.done,
      printed: '1 account added.\n  Northwind, maria\n',
      told: '',
      questions: ['Secret: '],
    });
    expect((await world.run(['codes'])).printed).toBe('Northwind  maria  287 082  1 s\n');
  });

  test('every option arrives in the account, and --json answers it without the secret', async () => {
    const account = ['--issuer', 'Contoso', '--account', 'lee', '--type', 'hotp', '--algorithm', 'SHA-256'];
    const more = ['--digits', '8', '--counter', '7', '--tag', 'work', '--tag', 'Work', '--tag', 'vpn'];
    await world.withDescriptor(`${SECRET.toLowerCase()}\n`, async (descriptor) => {
      const args = ['add', ...account, ...more, '--secret-fd', descriptor];
      const output = AddedOutput.parse(await world.json(args));
      expect(output).toMatchObject({ replaced: 0, skipped: 0, leftOut: [], converted: [] });
      expect(output.accounts).toMatchObject([
        {
          issuer: 'Contoso',
          name: 'lee',
          type: 'hotp',
          algorithm: 'SHA-256',
          digits: 8,
          periodS: 0,
          tags: ['work', 'vpn'],
        },
      ]);
      expect(JSON.stringify(output)).not.toContain(SECRET);
    });
    const file = join(world.folder, 'all.txt');
    await world.run(['export', '--format', 'otpauth-links', '--output', file, '--accept-plain-text']);
    expect(readFileSync(file, 'utf8')).toContain('counter=7');
  });

  test('a link, from a descriptor and from the prompt', async () => {
    await world.withDescriptor(LINK, async (descriptor) => {
      expect((await world.run(['add', '--link-fd', descriptor])).printed).toContain('Contoso, lee');
    });
    const other = LINK.replaceAll('Contoso', 'Fabrikam');
    const outcome = await world.run(['add', '--link', '--tag', 'work'], { secret: other });
    expect(outcome.questions).toEqual(['Link: ']);
    expect(await listed()).toMatchObject([{ issuer: 'Contoso' }, { issuer: 'Fabrikam', tags: ['work'] }]);
  });

  test('all codes of several pictures', async () => {
    const pictures = await Promise.all(
      ['Contoso', 'Fabrikam'].map(async (issuer) =>
        world.file(`${issuer}.png`, await toBuffer(LINK.replaceAll('Contoso', issuer))),
      ),
    );
    const { exitCode, printed } = await world.run(['add', ...pictures]);
    expect([exitCode, printed]).toEqual([
      exitCodes.done,
      '2 accounts added.\n  Contoso, lee\n  Fabrikam, lee\n',
    ]);
  });

  test('what is there already is left as it is, with an exit code of its own', async () => {
    await addNorthwind();
    expect((await addNorthwind()).exitCode).toBe(exitCodes.alreadyThere);
    await world.run(['add', '--link'], { secret: LINK });
    const again = await world.run(['add', '--link'], { secret: LINK });
    expect([again.exitCode, again.printed]).toEqual([exitCodes.alreadyThere, '1 account there already.\n']);
    expect(await listed()).toHaveLength(2);
  });

  test.each([
    ['neither name nor issuer', ['add'], exitCodes.wrongUsage, /--issuer or --account/],
    ['a picture and a link', ['add', 'x.png', '--link'], exitCodes.wrongUsage, /pictures, or a link, or/],
    [
      'a type of its own',
      ['add', '--issuer', 'A', '--type', 'push'],
      exitCodes.wrongUsage,
      /totp, hotp, steam/,
    ],
    ['eleven digits', ['add', '--issuer', 'A', '--digits', '11'], exitCodes.wrongUsage, /from 5 to 10/],
    [
      'one descriptor for two',
      ['add', '--issuer', 'A', '--secret-fd', '3', '--passphrase-fd', '03'],
      exitCodes.wrongUsage,
      /of its own/,
    ],
    ['a secret that is none', ['add', '--issuer', 'A'], exitCodes.refused, /secret/i],
    [
      'a picture that is none',
      ['add', join(vectors, 'aegis/plain.json')],
      exitCodes.refused,
      /not a picture/,
    ],
    ['a picture that is not there', ['add', 'nothing.png'], exitCodes.notFound, /cannot be read/],
    ['a link that is none', ['add', '--link'], exitCodes.refused, /./],
  ])('refuses %s', async (_what, args, exitCode, sentence) => {
    const outcome = await world.run(args, { secret: '!! 11' });
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.printed + outcome.told).toMatch(sentence);
  });

  test('where nobody can be asked for the secret, it says how to give it', async () => {
    const { exitCode, told } = await world.run(['add', '--issuer', 'A']);
    expect(exitCode).toBe(exitCodes.refused);
    expect(told).toContain('--secret-fd');
  });
});

describe('without a keychain', () => {
  beforeEach(() => {
    world.keychain = silentKeychain;
  });

  test('the first account comes with a passphrase, typed twice; it opens the vault from then on', async () => {
    const typed = [PASSPHRASE, PASSPHRASE, SECRET];
    const first = await world.run(['add', '--issuer', 'Northwind'], { secret: typed });
    expect(first.questions).toEqual(['New passphrase: ', 'The same again: ', 'Secret: ']);
    expect(first.exitCode).toBe(exitCodes.done);
    expect(first.told).toContain('only a backup brings the accounts back');
    expect((await world.run(['codes'], { secret: PASSPHRASE })).printed).toContain('287 082');
    const wrong = await world.run(['add', '--issuer', 'Contoso'], { secret: 'another one altogether' });
    expect(wrong.exitCode).toBe(exitCodes.noKeys);
  });

  test('two passphrases that differ make nothing', async () => {
    const { exitCode } = await world.run(['add', '--issuer', 'A'], { secret: [PASSPHRASE, 'another one'] });
    expect(exitCode).toBe(exitCodes.noKeys);
    expect(existsSync(join(world.home, 'keys.json'))).toBe(false);
  });
});

describe('where Twofold is open', () => {
  test.each([
    [['add', '--issuer', 'A']],
    [['import', join(vectors, 'aegis/plain.json'), '--yes']],
    [['backup']],
    [['codes', '--next', 'x']],
  ])('%j says so and changes nothing', async (args) => {
    await addNorthwind();
    const app = await world.openApp();
    const before = data();
    const { exitCode, told, asked } = await world.run(args, { secret: SECRET });
    expect([exitCode, asked]).toEqual([exitCodes.alreadyOpen, 0]);
    expect(told).toMatch(/^Twofold is open already \(test, process \d+\)\. Nothing was changed\./);
    expect(data()).toEqual(before);
    await app.close();
  });

  test('list, copy and export still read', async () => {
    await addNorthwind();
    const app = await world.openApp();
    const file = join(world.folder, 'links.txt');
    for (const args of [
      ['list'],
      ['copy', 'maria'],
      ['export', '--format', 'otpauth-links', '--output', file, '--accept-plain-text'],
    ]) {
      expect((await world.run(args)).exitCode).toBe(exitCodes.done);
    }
    await app.close();
  });
});

describe('twofold list', () => {
  test('shows kind, pin and tags, and no secret', async () => {
    await world.run(['add', '--issuer', 'Northwind', '--account', 'maria', '--tag', 'work'], {
      secret: SECRET,
    });
    await world.run(['add', '--issuer', 'Steam', '--type', 'steam'], { secret: SECRET });
    const outcome = await world.run(['list']);
    expectNoSecret(outcome);
    expect(outcome.printed).toBe(
      'Northwind  maria  TOTP SHA-1 6 digits 30 s  #work\nSteam             Steam\n',
    );
    expect((await world.run(['list', 'work'])).printed).toContain('Northwind');
    expect((await world.run(['list', 'nobody'])).exitCode).toBe(exitCodes.notFound);
  });
});

describe('twofold import', () => {
  const aegis = join(vectors, 'aegis/plain.json');

  test('shows what would be added and asks; no adds nothing', async () => {
    const no = await world.run(['import', aegis], { answer: 'n' });
    expect([no.exitCode, no.printed]).toEqual([exitCodes.notConfirmed, '']);
    expect(no.told).toMatch(/^Aegis: \d+ accounts\n.*\nNothing was added\.$/su);
    expect(no.questions).toEqual(['Add them? [y/N] ']);
    expect((await world.run(['list'])).exitCode).toBe(exitCodes.notFound);
    const yes = await world.run(['import', aegis], { answer: 'y' });
    expect(yes.exitCode).toBe(exitCodes.done);
    expect((await listed()).length).toBeGreaterThan(0);
  });

  test('where nobody can be asked, it needs --yes', async () => {
    const { exitCode, told } = await world.run(['import', aegis]);
    expect(exitCode).toBe(exitCodes.notConfirmed);
    expect(told).toContain('--yes');
    expect((await world.run(['list'])).exitCode).toBe(exitCodes.notFound);
  });

  test('several files in one go; a second time all are there already, replaced or kept twice on demand', async () => {
    const files = [aegis, join(vectors, '2fas/plain.2fas')];
    const output = AddedOutput.parse(await world.json(['import', ...files, '--yes']));
    const count = output.accounts.length;
    expect(await listed()).toHaveLength(count);
    const again = await world.run(['import', ...files, '--yes']);
    expect(again.exitCode).toBe(exitCodes.alreadyThere);
    const replaced = AddedOutput.parse(await world.json(['import', ...files, '--yes', '--replace']));
    expect(replaced).toMatchObject({ replaced: count, skipped: 0 });
    expect(await listed()).toHaveLength(count);
    await world.json(['import', ...files, '--yes', '--keep-both']);
    expect(await listed()).toHaveLength(2 * count);
  });

  test('a bad file among several is named, and nothing is added', async () => {
    const bad = world.file('bad.json', 'nothing that anybody writes');
    const { exitCode, told } = await world.run(['import', aegis, bad, '--yes']);
    expect(exitCode).toBe(exitCodes.refused);
    expect(told).toContain(`${bad}: `);
    expect((await world.run(['list'])).exitCode).toBe(exitCodes.notFound);
  });

  test('an encrypted file asks for its own password, from the terminal or a descriptor', async () => {
    const file = join(vectors, 'proton/encrypted.json');
    const typed = await world.run(['import', file, '--yes'], { secret: 'correct horse' });
    expect(typed.questions).toEqual([
      expect.stringMatching(/^Password of encrypted\.json \(Proton Authenticator\): $/u),
    ]);
    expect(typed.exitCode).toBe(exitCodes.done);
    await world.withDescriptor('correct horse', async (descriptor) => {
      const given = await world.run(['import', file, '--yes', '--replace', '--password-fd', descriptor]);
      expect([given.exitCode, given.asked]).toEqual([exitCodes.done, 0]);
    });
    const nobodyThere = await world.run(['import', file, '--yes']);
    expect(nobodyThere.exitCode).toBe(exitCodes.noKeys);
    expect(nobodyThere.told).toContain('--password-fd');
    const wrong = await world.run(['import', file, '--yes'], { secret: 'wrong horse' });
    expect(wrong.exitCode).toBe(exitCodes.refused);
    expect(wrong.told).not.toContain('wrong horse');
  });

  test('--preview of a picture of codes, as of a file', async () => {
    const picture = world.file('code.png', await toBuffer(LINK));
    const preview = ImportPreview.parse(await world.json(['import', picture, '--preview']));
    expect(preview).toMatchObject({
      format: 'otpauth-links',
      accounts: [{ issuer: 'Contoso', account: 'lee' }],
    });
    expect(existsSync(join(world.home, 'keys.json'))).toBe(false);
  });

  test.each([
    [['import']],
    [['import', 'x', '--replace', '--keep-both']],
    [['import', 'x', 'y', '--preview']],
    [['import', 'x', '--reveal']],
  ])('%j is wrong usage', async (args) => {
    expect((await world.run(args)).exitCode).toBe(exitCodes.wrongUsage);
  });
});

describe('twofold export', () => {
  beforeEach(async () => {
    await addNorthwind();
    await world.run(['add', '--issuer', 'Contoso', '--account', 'lee'], { secret: SECRET });
  });

  test.each(ExportFormat.options.filter((format) => !format.startsWith('sheet-')))(
    'what %s writes, import reads: the same accounts, in files that only the user reads',
    async (format) => {
      const folder = join(world.folder, 'out');
      mkdirSync(folder);
      const args = ['export', '--format', format, '--output', folder];
      const isEncrypted = ENCRYPTED_FORMATS.includes(format);
      const secret = isEncrypted ? [PASSWORD, PASSWORD] : null;
      const output = ExportOutput.parse(
        await world.json([...args, ...(isEncrypted ? [] : ['--accept-plain-text'])], { secret }),
      );
      expect(output.accounts).toBe(2);
      for (const path of output.paths) expect(statSync(path).mode & 0o777).toBe(0o600);
      const other = new CommandLineWorld();
      try {
        const read = await other.run(['import', ...output.paths, '--yes'], { secret: PASSWORD });
        expect(read.told).not.toContain('Left out');
        expect((await other.run(['codes'])).printed).toBe(
          'Northwind  maria  287 082  1 s\nContoso    lee    287 082  1 s\n',
        );
      } finally {
        other.remove();
      }
    },
  );

  test.each(['sheet-html', 'sheet-pdf'])('%s is written', async (format) => {
    const path = join(world.folder, 'sheet');
    await world.json(['export', '--format', format, '--output', path, '--accept-plain-text']);
    expect(statSync(path).size).toBeGreaterThan(1000);
  });

  test('the filter chooses', async () => {
    const path = join(world.folder, 'one.txt');
    const args = ['export', 'contoso', '--format', 'otpauth-links', '--output', path, '--accept-plain-text'];
    expect((await world.run(args)).printed).toBe(`1 account written.\n${path}\n`);
    expect(readFileSync(path, 'utf8')).toMatch(/^otpauth:\/\/totp\/Contoso[^\n]+\n$/u);
    expect((await world.run([...args.toSpliced(1, 1, 'nobody'), '--force'])).exitCode).toBe(
      exitCodes.notFound,
    );
  });

  test('a path that ends with a slash is a folder, made where it is not there', async () => {
    const folder = join(world.folder, 'new folder');
    const args = ['export', '--format', 'google-migration', '--output', `${folder}/`, '--accept-plain-text'];
    expect((await world.run(args)).exitCode).toBe(exitCodes.done);
    expect(readdirSync(folder)).toEqual(['twofold-google-1-of-1.png']);
  });

  test('a file that is there is not replaced without --force', async () => {
    const path = world.file('precious.txt', 'precious');
    const args = ['export', '--format', 'otpauth-links', '--output', path, '--accept-plain-text'];
    const { exitCode, told } = await world.run(args);
    expect(exitCode).toBe(exitCodes.alreadyThere);
    expect(told).toContain('--force');
    expect(readFileSync(path, 'utf8')).toBe('precious');
    expect((await world.run([...args, '--force'])).exitCode).toBe(exitCodes.done);
    expect(readFileSync(path, 'utf8')).toContain('otpauth://');
  });

  test('secrets in clear are written after a yes only, where the keychain opens the vault', async () => {
    const path = join(world.folder, 'clear.txt');
    const args = ['export', '--format', 'otpauth-links', '--output', path];
    expect((await world.run(args)).exitCode).toBe(exitCodes.notConfirmed);
    expect((await world.run(args, { answer: 'no' })).exitCode).toBe(exitCodes.notConfirmed);
    expect(existsSync(path)).toBe(false);
    expect((await world.run(args, { answer: 'yes' })).exitCode).toBe(exitCodes.done);
  });

  test('a place that cannot be written to is told', async () => {
    const path = join(world.file('no-folder', ''), 'accounts.txt');
    const args = ['export', '--format', 'otpauth-links', '--output', path, '--accept-plain-text'];
    const { exitCode, printed, told } = await world.run(args);
    expect([exitCode, printed]).toEqual([exitCodes.failed, '']);
    expect(told).toContain('accounts.txt was not saved');
  });

  test.each([
    ['two that differ', [PASSWORD, 'another'], exitCodes.noKeys],
    ['one that is too short', ['short', 'short'], exitCodes.noKeys],
    ['nobody to type it', null, exitCodes.noKeys],
  ])('an encrypted file with %s as password is not written', async (_what, secret, exitCode) => {
    const path = join(world.folder, 'locked.json');
    const outcome = await world.run(['export', '--format', 'aegis-encrypted', '--output', path], { secret });
    expect(outcome.exitCode).toBe(exitCode);
    expect(existsSync(path)).toBe(false);
  });

  test.each([
    [['export', '--output', 'x']],
    [['export', '--format', 'aegis']],
    [['export', '--format', 'nobody', '--output', 'x']],
  ])('%j is wrong usage', async (args) => {
    expect((await world.run(args)).exitCode).toBe(exitCodes.wrongUsage);
  });
});

describe('twofold copy', () => {
  let clipboard: FakeClipboard;
  beforeEach(async () => {
    clipboard = new FakeClipboard();
    world.clipboard = clipboard;
    await addNorthwind();
  });

  /** Runs the command until it waits, with nobody pressing Ctrl-C. */
  async function copying(args: readonly string[]) {
    const outcome = world.run(args, { end: new Promise(() => undefined) });
    while (clipboard.text === '') await new Promise((resolve) => setImmediate(resolve));
    return outcome;
  }

  test('the code is there, and is cleared after 30 seconds', async () => {
    let isOver = false;
    const outcome = world
      .run(['copy', 'northwind', '--json'], { end: new Promise(() => undefined) })
      .finally(() => {
        isOver = true;
      });
    while (clipboard.text === '') await new Promise((resolve) => setImmediate(resolve));
    expect(clipboard.text).toBe('287082');
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    world.clock.advance(29_999);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect([isOver, clipboard.text]).toEqual([false, '287082']);
    world.clock.advance(1);
    const { exitCode, printed } = await outcome;
    expect([exitCode, clipboard.text]).toEqual([exitCodes.done, '']);
    expect(CopyOutput.parse(JSON.parse(printed))).toMatchObject({
      issuer: 'Northwind',
      clearsAfterMs: 30_000,
    });
    expect(printed).not.toContain('287082');
  });

  test('Ctrl-C clears at once', async () => {
    const { exitCode, printed, told } = await world.run(['copy', 'northwind']);
    expect([exitCode, printed, clipboard.text]).toEqual([exitCodes.done, '', '']);
    expect(told).toBe(
      'The code of Northwind, maria is on the clipboard for 30 seconds. Ctrl-C clears it now.',
    );
  });

  test('what was copied meanwhile stays', async () => {
    const end = Promise.withResolvers<undefined>();
    const outcome = world.run(['copy', 'northwind'], { end: end.promise });
    while (clipboard.text === '') await new Promise((resolve) => setImmediate(resolve));
    clipboard.text = 'something else';
    end.resolve(undefined);
    await outcome;
    expect(clipboard.text).toBe('something else');
  });

  test('--keep leaves the code and ends', async () => {
    expect((await copying(['copy', 'northwind', '--keep'])).exitCode).toBe(exitCodes.done);
    expect(clipboard.text).toBe('287082');
  });

  test('needs exactly one account', async () => {
    await world.run(['add', '--issuer', 'Northwind', '--account', 'jonas'], { secret: SECRET });
    expect((await world.run(['copy', 'northwind'])).exitCode).toBe(exitCodes.severalFit);
    expect((await world.run(['copy', 'nobody'])).exitCode).toBe(exitCodes.notFound);
    expect((await world.run(['copy'])).exitCode).toBe(exitCodes.wrongUsage);
    expect(clipboard.text).toBe('');
  });

  test('a counter-based account is refused, and its counter stays', async () => {
    await world.run(['add', '--issuer', 'Counted', '--type', 'hotp'], { secret: SECRET });
    const { exitCode, told } = await world.run(['copy', 'counted']);
    expect(exitCode).toBe(exitCodes.refused);
    expect(told).toContain('twofold codes --next');
    expect((await world.run(['codes', '--next', 'counted'])).printed).toContain('755 224');
  });

  test('where no clipboard can be reached it says so, before the passphrase is asked for', async () => {
    world.clipboard = null;
    const { exitCode, asked } = await world.run(['copy', 'northwind'], { secret: PASSPHRASE });
    expect([exitCode, asked]).toEqual([exitCodes.noClipboard, 0]);
  });
});

describe('twofold backup', () => {
  test('is set up, made and tested; the automatic one follows a change', async () => {
    await addNorthwind();
    const folder = join(world.folder, 'backups');
    const before = await world.run(['backup']);
    expect([before.exitCode, before.told]).toEqual([
      exitCodes.failed,
      'Backups are not set up yet. Choose a password for them first.',
    ]);
    const setUp = ['backup', '--set-up', folder, '--generations', '3'];
    const status = BackupStatus.parse(await world.json(setUp, { secret: [PASSWORD, PASSWORD] }));
    expect(status).toMatchObject({
      plan: { automatic: true, generations: 3 },
      last: { accounts: 1 },
      isBehind: false,
    });
    world.clock.advance(60_000);
    await world.run(['add', '--issuer', 'Contoso'], { secret: SECRET });
    expect(readdirSync(folder)).toHaveLength(2);
    const test = BackupTest.parse(await world.json(['backup', '--test'], { secret: PASSWORD }));
    expect(test).toMatchObject({ accounts: 2, missing: 0, extra: 0 });
    const wrong = await world.run(['backup', '--test'], { secret: 'wrong horse' });
    expect(wrong.exitCode).toBe(exitCodes.refused);
    world.clock.advance(60_000);
    const made = await world.run(['backup']);
    expect(made.printed).toMatch(/^2 accounts backed up\.\n/u);
    expect(made.printed).toContain(basename(folder));
  });

  test('the test without a password says how to give it', async () => {
    const { exitCode, told } = await world.run(['backup', '--test']);
    expect(exitCode).toBe(exitCodes.noKeys);
    expect(told).toContain('--password-fd');
  });
});

describe('twofold lock', () => {
  test('where nothing is open, nothing has to be locked', async () => {
    expect(await world.run(['lock'])).toMatchObject({
      exitCode: exitCodes.done,
      printed: 'Twofold is not open, so nothing is unlocked.\n',
    });
    expect(await world.json(['lock'])).toEqual({ answer: 'not-running' });
  });

  test('locks the Twofold that is open', async () => {
    world.keychain = silentKeychain;
    const app = await world.openApp();
    await app.router('app:choosePassphrase', { passphrase: PASSPHRASE }, nobody);
    expect(app.keys().kind).toBe('ready');
    expect(await world.run(['lock'])).toMatchObject({
      exitCode: exitCodes.done,
      printed: 'Twofold is locked.\n',
    });
    expect(app.keys().kind).toBe('enter-passphrase');
    await app.close();
  });

  test('says that keys in a keychain cannot be locked', async () => {
    const app = await world.openApp();
    const { exitCode, told } = await world.run(['lock']);
    expect(exitCode).toBe(exitCodes.failed);
    expect(told).toContain('keychain');
    await app.close();
  });
});
