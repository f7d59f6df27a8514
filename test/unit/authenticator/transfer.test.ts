// Bringing accounts in: what a preview says, what adding and taking back do. And out: where files go, who may ask.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transferHandlers } from '../../../src-main/authenticator/handlers.ts';
import { migrationLinks } from '../../../src-main/authenticator/transfer/google-migration/write-google-migration.ts';
import type { ImportedAccount } from '../../../src-main/authenticator/transfer/imported-account.ts';
import { MAX_ENTRIES } from '../../../src-main/authenticator/transfer/limits.ts';
import {
  downloadsFolder,
  writePrivateFiles,
} from '../../../src-main/authenticator/transfer/private-files.ts';
import { methods, type Preview, TwofoldError } from '../../../src-shared/contract/index.ts';
import { addLinks, createWorld, link, SECRET, settle, type World } from './world.ts';

const OTHER_SECRET = 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U';
const vectors = join(import.meta.dirname, '../../vectors/transfer');

/** The first bytes of a PNG: enough to be taken for a picture. */
const picture = Buffer.from('89504e470d0a1a0a0000000d4948445200000010000000100802000000', 'hex');

const file = (content: Uint8Array, over: Partial<Parameters<World['transfer']['readFile']>[0]> = {}) => ({
  previewId: null,
  jobId: 'job-1',
  name: 'export.json',
  content,
  password: null,
  ...over,
});

const choose = (preview: Preview, action: 'add' | 'replace' = 'add') =>
  preview.candidates.map(({ id }) => ({ id, action }));

async function readFileOf(world: World, content: Uint8Array, over = {}): Promise<Preview> {
  const reading = await world.transfer.readFile(file(content, over));
  if (reading.kind !== 'read') throw new Error('A password was asked for.');
  return reading.preview;
}

const account = (name: string, over: Partial<ImportedAccount> = {}): ImportedAccount => ({
  type: 'totp',
  issuer: 'Acme',
  name,
  secret: SECRET,
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  counter: null,
  tags: [],
  note: '',
  pinned: false,
  ...over,
});

describe('Adding accounts: the preview', () => {
  test('a link becomes a candidate, without its secret', async () => {
    const { transfer } = createWorld();
    const preview = await transfer.readText(null, link('Acme', 'kim'));
    expect(methods['transfer:readText'].output.parse(preview)).toMatchObject({
      sources: ['Links'],
      candidates: [
        { issuer: 'Acme', name: 'kim', type: 'totp', digits: 6, periodS: 30, status: 'new', warnings: [] },
      ],
      leftOut: [],
      converted: [],
    });
    expect(JSON.stringify(preview)).not.toContain(SECRET);
  });

  test('a text with several links: each line is a link, or left out with its place and reason', async () => {
    const { transfer } = createWorld();
    const lines = [link('Acme', 'kim'), '', 'my secret is hunter2', `${link('Acme', 'lee')}&period=0`];
    const { candidates, leftOut } = await transfer.readText(null, lines.join('\r\n'));
    expect(candidates.map(({ name }) => name)).toEqual(['kim']);
    expect(leftOut.map(({ where }) => where)).toEqual(['Line 3', 'Line 4']);
    expect(leftOut[1]?.reason).toMatch(/period/u);
    expect(JSON.stringify(leftOut)).not.toMatch(/hunter2/u);
  });

  test('a thousand useless lines are counted, not listed', async () => {
    const { transfer } = createWorld();
    const { leftOut } = await transfer.readText(null, `${link('Acme', 'kim')}\n${'nothing\n'.repeat(1_000)}`);
    expect(leftOut).toHaveLength(501);
    expect(leftOut.at(-1)?.reason).toMatch(/^500 more/u);
  });

  test('a text of more lines than can be added is refused, and the limit is named', async () => {
    const { transfer } = createWorld();
    const refusal = transfer.readText(null, 'x\n'.repeat(MAX_ENTRIES + 1));
    await expect(refusal).rejects.toMatchObject({
      code: 'import-refused',
      details: { reason: 'over-limit' },
    });
    await expect(refusal).rejects.toThrow('20,000');
  });

  test('what is there already (same secret and label) is flagged; another secret is new', async () => {
    const world = createWorld();
    await addLinks(world, link('Acme', 'kim'));
    const text = [link('Acme', 'kim'), link('Acme', 'kim', OTHER_SECRET)].join('\n');
    const { candidates } = await world.transfer.readText(null, text);
    expect(candidates.map(({ status }) => status)).toEqual(['already-there', 'new']);
  });

  test('the same account twice is one candidate', async () => {
    const { transfer } = createWorld();
    const text = [link('Acme', 'kim'), link('Acme', 'kim')].join('\n');
    expect((await transfer.readText(null, text)).candidates).toHaveLength(1);
  });

  test('Types: a counter-based link is a candidate like any other', async () => {
    const world = createWorld();
    const [added] = await addLinks(world, `otpauth://hotp/Acme:kim?secret=${SECRET}&counter=2`);
    expect(added).toMatchObject({ type: 'hotp', periodS: 0 });
    expect((await world.authenticator.advance(added?.id ?? '')).code).toBe('359152');
  });

  test('several codes in one picture are all offered; what is no account says what it is', async () => {
    const codes = ['https://example.org/a-private-path', 'WIFI:S:home;P:hunter2;;', 'hunter2'];
    const links = [link('Acme', 'kim'), link('Bolt', 'lee')];
    const world = createWorld({ readPicture: () => Promise.resolve([...codes, ...links]) });
    const { candidates, leftOut } = await readFileOf(world, picture, { name: 'desk.png' });
    expect(candidates.map(({ name }) => name)).toEqual(['kim', 'lee']);
    expect(leftOut.map(({ where }) => where)).toEqual(
      [1, 2, 3].map((number) => `desk.png, QR code ${number}`),
    );
    expect(leftOut[0]?.reason).toMatch(/holds a web address/u);
    expect(leftOut[1]?.reason).toMatch(/holds something else \(WIFI:\)/u);
    expect(leftOut[2]?.reason).toMatch(/holds a text/u);
    expect(JSON.stringify(leftOut)).not.toMatch(/hunter2|private/u);
  });

  test('a picture without a QR code says so', async () => {
    const world = createWorld({ readPicture: () => Promise.resolve([]) });
    await expect(world.transfer.readFile(file(picture))).rejects.toMatchObject({
      code: 'picture-refused',
      details: { reason: 'no-qr-code' },
    });
  });

  test('several pictures gather in one preview, and the ids of what was shown stay', async () => {
    const found = [[link('Acme', 'kim')], [link('Bolt', 'lee'), link('Acme', 'kim')]];
    const world = createWorld({ readPicture: () => Promise.resolve(found.shift() ?? []) });
    const first = await readFileOf(world, picture);
    const both = await readFileOf(world, picture, { previewId: first.id });
    expect(both.id).toBe(first.id);
    expect(both.candidates.map(({ name }) => name)).toEqual(['kim', 'lee']);
    expect(both.candidates[0]?.id).toBe(first.candidates[0]?.id);
    const { added } = await world.transfer.add(first.id, choose(both));
    expect(added).toHaveLength(2);
  });

  test('Google Authenticator: missing QR codes are named until all were read, over several pictures', async () => {
    const accounts = Array.from({ length: 23 }, (_, index) => account(`user ${index}`));
    const [one = '', two = '', three = ''] = migrationLinks(accounts, 77);
    const found = [[two], [one, three]];
    const world = createWorld({ readPicture: () => Promise.resolve(found.shift() ?? []) });
    const first = await readFileOf(world, picture);
    expect(first.candidates).toHaveLength(10);
    expect(first.leftOut.map(({ where }) => where)).toEqual(['QR code 1 of 3', 'QR code 3 of 3']);
    const all = await readFileOf(world, picture, { previewId: first.id });
    expect(all.candidates).toHaveLength(23);
    expect(all.leftOut).toEqual([]);
  });

  test('a file in clear is read as what it is, whatever its name', async () => {
    const world = createWorld();
    const preview = await readFileOf(world, await readFile(join(vectors, 'aegis/plain.json')), {
      name: 'holiday.jpg',
    });
    expect(preview.sources).toEqual(['Aegis']);
    expect(preview.candidates.length).toBeGreaterThan(0);
  });

  test('what stands in a file can be pasted as well', async () => {
    const world = createWorld();
    const text = await readFile(join(vectors, 'aegis/plain.json'), 'utf8');
    expect((await world.transfer.readText(null, text)).sources).toEqual(['Aegis']);
  });

  test('an encrypted file asks for its password, refuses a wrong one, and tells of progress with the right one', async () => {
    const world = createWorld();
    const content = await readFile(join(vectors, 'aegis/encrypted.json'));
    expect(await world.transfer.readFile(file(content))).toEqual({
      kind: 'password-needed',
      format: 'Aegis',
    });
    await expect(world.transfer.readFile(file(content, { password: 'wrong' }))).rejects.toMatchObject({
      code: 'import-refused',
      details: { reason: 'wrong-password' },
    });
    const preview = await readFileOf(world, content, { password: 'correct horse' });
    expect(preview.candidates.length).toBeGreaterThan(0);
    expect(world.events).toContain('transfer:progress');
  });

  test('a reading can be cancelled, and a lock cancels it too', async () => {
    const world = createWorld();
    const content = await readFile(join(vectors, 'aegis/encrypted.json'));
    const reading = world.transfer.readFile(file(content, { password: 'correct horse' }));
    world.transfer.cancel('job-1');
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    const again = world.transfer.readFile(file(content, { password: 'correct horse' }));
    world.transfer.forget();
    await expect(again).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('a file of nobody is refused', async () => {
    const { transfer } = createWorld();
    await expect(transfer.readFile(file(Buffer.from('{"a":1}')))).rejects.toMatchObject({
      code: 'import-refused',
      details: { reason: 'unknown-format' },
    });
  });

  test.each([{ file: 'bitwarden/account-bound.json', reason: 'account-bound' }])(
    '$file cannot be read by anybody else, and says so',
    async ({ file: name, reason }) => {
      const { transfer } = createWorld();
      const refusal = transfer.readFile(file(await readFile(join(vectors, name))));
      await expect(refusal).rejects.toMatchObject({ code: 'import-refused', details: { reason } });
    },
  );

  test('a preview lasts 15 minutes from when it was last looked at', async () => {
    const world = createWorld();
    const preview = await world.transfer.readText(null, link('Acme', 'kim'));
    world.clock.advance(15 * 60_000 - 1);
    await world.transfer.preview(preview.id);
    world.clock.advance(15 * 60_000 - 1);
    await world.transfer.preview(preview.id);
    world.clock.advance(15 * 60_000);
    await expect(world.transfer.preview(preview.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(world.transfer.add(preview.id, choose(preview))).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('a discarded preview is gone, and so are all after a lock', async () => {
    const { transfer } = createWorld();
    const first = await transfer.readText(null, link('Acme', 'kim'));
    const second = await transfer.readText(null, link('Acme', 'kim'));
    transfer.discard(first.id);
    await expect(transfer.preview(first.id)).rejects.toMatchObject({ code: 'not-found' });
    transfer.forget();
    await expect(transfer.preview(second.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a link that the system opened waits in a preview, and the windows are told', async () => {
    const world = createWorld();
    await world.transfer.receiveLink(link('Acme', 'kim'));
    expect(world.events).toEqual(['transfer:incoming']);
  });
});

describe('Adding accounts: adding and undo', () => {
  test('what is added is listed last, durable, and announced once', async () => {
    const world = createWorld();
    const added = await addLinks(world, link('Acme', 'kim'), link('Bolt', 'lee'));
    expect(await world.authenticator.list()).toEqual(added);
    expect(world.events).toEqual(['authenticator:changed']);
  });

  test('all or none: one unknown id, nothing added', async () => {
    const world = createWorld();
    const preview = await world.transfer.readText(null, link('Acme', 'kim'));
    const choices = [...choose(preview), { id: 'unknown', action: 'add' as const }];
    await expect(world.transfer.add(preview.id, choices)).rejects.toMatchObject({ code: 'not-found' });
    expect(await world.authenticator.list()).toEqual([]);
  });

  test('already there: skipped when it is not named, kept twice when added, replaced in its place', async () => {
    const world = createWorld();
    const [old] = await addLinks(world, link('Acme', 'kim'), link('Bolt', 'lee'));
    const changed = `${link('Acme', 'kim')}&digits=8`;

    const both = await world.transfer.readText(null, changed);
    const kept = await world.transfer.add(both.id, choose(both));
    expect(kept.replaced).toBe(0);
    expect((await world.authenticator.list()).map(({ digits }) => digits)).toEqual([6, 6, 8]);
    await world.transfer.undo(kept.undoId);

    const instead = await world.transfer.readText(null, changed);
    const { replaced, undoId } = await world.transfer.add(instead.id, choose(instead, 'replace'));
    expect(replaced).toBe(1);
    expect(await world.authenticator.list()).toMatchObject([{ id: old?.id, digits: 8 }, { issuer: 'Bolt' }]);
    await world.transfer.undo(undoId);
    expect(await world.authenticator.list()).toMatchObject([{ id: old?.id, digits: 6 }, { issuer: 'Bolt' }]);
  });

  test('a replaced account shows the codes of what replaced it, at once', async () => {
    const world = createWorld();
    const [old] = await addLinks(world, link('Acme', 'kim'));
    const id = old?.id ?? '';
    const before = (await world.authenticator.codes([id])).codes[0]?.code;
    const preview = await world.transfer.readText(null, `${link('Acme', 'kim')}&algorithm=SHA512`);
    await world.transfer.add(preview.id, choose(preview, 'replace'));
    expect((await world.authenticator.codes([id])).codes[0]?.code).not.toBe(before);
  });

  test('one undo takes the whole import back, and works once', async () => {
    const world = createWorld();
    await addLinks(world, link('Mine', 'me'));
    const lines = Array.from({ length: 50 }, (_, index) => link('Acme', `user ${index}`));
    const preview = await world.transfer.readText(null, lines.join('\n'));
    const { undoId } = await world.transfer.add(preview.id, choose(preview));
    expect(await world.authenticator.list()).toHaveLength(51);
    await world.transfer.undo(undoId);
    expect((await world.authenticator.list()).map(({ issuer }) => issuer)).toEqual(['Mine']);
    expect(await world.authenticator.trash()).toEqual([]);
    await expect(world.transfer.undo(undoId)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('S21: an import or undo that cannot be written has not happened, and can be tried again', async () => {
    const world = createWorld();
    const preview = await world.transfer.readText(null, link('Acme', 'kim'));
    world.file.isFull = true;
    await expect(world.transfer.add(preview.id, choose(preview))).rejects.toMatchObject({
      code: 'storage-failed',
    });
    world.file.isFull = false;
    const { undoId } = await world.transfer.add(preview.id, choose(preview));
    world.file.isFull = true;
    await expect(world.transfer.undo(undoId)).rejects.toMatchObject({ code: 'storage-failed' });
    world.file.isFull = false;
    await world.transfer.undo(undoId);
    expect(await world.authenticator.list()).toEqual([]);
  });

  test('tags, note and pin of a file come along', async () => {
    const world = createWorld();
    const bytes = await readFile(join(vectors, 'aegis/plain.json'));
    const preview = await readFileOf(world, bytes);
    const noted = preview.candidates.find(({ hasNote }) => hasNote);
    const { added } = await world.transfer.add(preview.id, choose(preview));
    const same = added.find(({ issuer, name }) => issuer === noted?.issuer && name === noted.name);
    expect(same).toMatchObject({ hasNote: true });
    expect((await world.authenticator.details(same?.id ?? '')).note).not.toBe('');
  });
});

describe('Export', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twofold-export-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const request = { format: 'otpauth-links', ids: null, password: null, passphrase: null } as const;

  test('a plain file is written where the user says, for the user alone', async () => {
    const path = join(folder, 'links.txt');
    await writeFile(path, 'older', { mode: 0o644 });
    const asked: unknown[] = [];
    const world = createWorld({
      chooseExport: (what) => {
        asked.push(what);
        return Promise.resolve(path);
      },
    });
    await addLinks(world, link('Acme', 'kim'), link('Bolt', 'lee'));
    expect(await world.transfer.export(request)).toEqual({
      kind: 'saved',
      paths: [path],
      accounts: 2,
      lost: [],
    });
    expect(asked).toEqual([{ kind: 'file', suggestedName: 'twofold-links.txt' }]);
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('some accounts alone, by their ids', async () => {
    const path = join(folder, 'links.txt');
    const world = createWorld({ chooseExport: () => Promise.resolve(path) });
    const [, lee] = await addLinks(world, link('Acme', 'kim'), link('Bolt', 'lee'));
    await world.transfer.export({ ...request, ids: [lee?.id ?? ''] });
    expect(await readFile(path, 'utf8')).toMatch(/^otpauth:\/\/totp\/Bolt:lee[^\n]*\n$/u);
  });

  test('cancelled in the dialog: nothing is written', async () => {
    const world = createWorld({ chooseExport: () => Promise.resolve(null) });
    await addLinks(world, link('Acme', 'kim'));
    expect(await world.transfer.export(request)).toEqual({ kind: 'cancelled' });
  });

  test('plain exports and QR pages need the proof, encrypted ones a password', async () => {
    const world = createWorld({
      chooseExport: () => Promise.reject(new Error('Nobody may be asked.')),
      requireProof: () => Promise.reject(new TwofoldError('passphrase-refused', 'Enter your passphrase.')),
    });
    await addLinks(world, link('Acme', 'kim'));
    const refused = { code: 'passphrase-refused' };
    await expect(world.transfer.export(request)).rejects.toMatchObject(refused);
    await expect(world.transfer.migrationPages(null, null)).rejects.toMatchObject(refused);
    for (const password of [null, '', 'short']) {
      await expect(world.transfer.export({ ...request, format: 'twofold', password })).rejects.toMatchObject(
        refused,
      );
    }
  });

  test('Twofold’s own backup comes back whole in a fresh vault', async () => {
    const path = join(folder, 'backup.json');
    const world = createWorld({ chooseExport: () => Promise.resolve(path) });
    const [first] = await addLinks(
      world,
      link('Acme', 'kim'),
      `otpauth://hotp/Bolt:lee?secret=${SECRET}&counter=9`,
      `otpauth://steam/Steam:kim?secret=${SECRET}`,
    );
    await world.authenticator.edit({
      id: first?.id ?? '',
      issuer: 'Acme',
      name: 'kim',
      tags: ['work'],
      note: 'A note.',
      algorithm: 'SHA-256',
      digits: 8,
      periodS: 60,
      counter: null,
    });
    await world.authenticator.pin(first?.id ?? '', true);
    const password = 'correct horse';
    await world.transfer.export({ format: 'twofold', ids: null, password, passphrase: null });
    expect(await readFile(path, 'latin1')).not.toMatch(/Acme|GEZDGN/u);

    const fresh = createWorld();
    const preview = await readFileOf(fresh, await readFile(path), { password });
    await fresh.transfer.add(preview.id, choose(preview));
    expect(await fresh.authenticator.portableAccounts(null)).toEqual(
      await world.authenticator.portableAccounts(null),
    );
  });

  test('QR pages for Google Authenticator: ten accounts each, and what it cannot show is said', async () => {
    const world = createWorld();
    const lines = Array.from({ length: 11 }, (_, index) => link('Acme', `user ${index}`));
    await addLinks(world, ...lines, `otpauth://steam/Steam:kim?secret=${SECRET}`);
    const { links, lost } = await world.transfer.migrationPages(null, null);
    expect(links).toHaveLength(2);
    expect(lost[0]).toMatch(/cannot show 1 account/u);
    const preview = await createWorld().transfer.readText(null, links.join('\n'));
    expect(preview.candidates).toHaveLength(11);
  });

  test('without a dialog the files go into the folder of downloads, never over another file', async () => {
    const files = [{ name: 'a.txt', mediaType: 'text/plain', content: Buffer.from('new') }];
    await writeFile(join(folder, 'a.txt'), 'old');
    const paths = await writePrivateFiles(folder, files);
    expect(paths).toEqual([join(folder, 'a (2).txt')]);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('old');
    expect((await stat(paths[0] ?? '')).mode & 0o777).toBe(0o600);
  });

  test('the folder of downloads is the one that the desktop names', async () => {
    expect(await downloadsFolder({ HOME: folder })).toBe(folder);
    await writeFile(join(folder, 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/."\n');
    expect(await downloadsFolder({ HOME: folder, XDG_CONFIG_HOME: folder })).toBe(`${folder}/.`);
  });
});

test('every method of the contract has its handler', async () => {
  const names = Object.keys(methods).filter((name) => name.startsWith('transfer:'));
  expect(Object.keys(transferHandlers(createWorld().transfer)).sort()).toEqual(names.sort());
  await settle();
});
