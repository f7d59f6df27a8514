// The authenticator's accounts: adding, codes, renaming, trash, copying, and what happens when the vault fails.
import { describe, expect, test } from 'vitest';
import { MAX_CANDIDATES } from '../../../src-main/authenticator/candidates.ts';
import { authenticatorHandlers } from '../../../src-main/authenticator/handlers.ts';
import { Vault } from '../../../src-main/authenticator/vault.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { decimalCode, steamCode } from '../../../src-main/otp/code-text.ts';
import { otplibEngine } from '../../../src-main/otp/otplib-engine.ts';
import { methods, TwofoldError } from '../../../src-shared/contract/index.ts';
import { addLinks, createWorld, link, MemoryVaultFile, SECRET, settle, START_MS } from './world.ts';

const key = otplibEngine(Buffer.from('12345678901234567890'), 'SHA-1');
const DAY_MS = 24 * 60 * 60 * 1000;
const typed = {
  issuer: 'Acme',
  name: 'kim',
  secret: SECRET,
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
} as const;

describe('preview', () => {
  test('a link becomes a candidate, without its secret', async () => {
    const { authenticator } = createWorld();
    const preview = await authenticator.previewText(link('Acme', 'kim'));
    expect(methods['authenticator:previewText'].output.parse(preview)).toMatchObject({
      candidates: [
        { issuer: 'Acme', name: 'kim', type: 'totp', digits: 6, periodS: 30, status: 'new', warnings: [] },
      ],
      leftOut: [],
    });
    expect(JSON.stringify(preview)).not.toContain(SECRET);
  });

  test('each line of a text is a link or left out with its place and reason', async () => {
    const { authenticator } = createWorld();
    const lines = [link('Acme', 'kim'), '', 'my secret is hunter2', `${link('Acme', 'lee')}&period=0`];
    const { candidates, leftOut } = await authenticator.previewText(lines.join('\r\n'));
    expect(candidates.map(({ name }) => name)).toEqual(['kim']);
    expect(leftOut.map(({ where }) => where)).toEqual(['Line 3', 'Line 4']);
    expect(leftOut[1]?.reason).toMatch(/period/u);
    expect(JSON.stringify(leftOut)).not.toMatch(/hunter2/u);
  });

  test('a thousand useless lines are counted, not listed', async () => {
    const { authenticator } = createWorld();
    const { leftOut } = await authenticator.previewText('nothing\n'.repeat(1_000));
    expect(leftOut).toHaveLength(101);
    expect(leftOut.at(-1)?.reason).toMatch(/^900 more/u);
  });

  test('a text of more lines than can be added is refused', async () => {
    const { authenticator } = createWorld();
    await expect(authenticator.previewText('x\n'.repeat(MAX_CANDIDATES + 1))).rejects.toMatchObject({
      code: 'account-refused',
      details: { reason: 'too-many-lines' },
    });
  });

  test('an account that is there already is flagged; the same label with another secret is new', async () => {
    const world = createWorld();
    await addLinks(world, link('Acme', 'kim'));
    const other = link('Acme', 'kim', 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U');
    const { candidates } = await world.authenticator.previewText([link('Acme', 'kim'), other].join('\n'));
    expect(candidates.map(({ status }) => status)).toEqual(['already-there', 'new']);
  });

  test('the same account twice in one text is one candidate', async () => {
    const { authenticator } = createWorld();
    const { candidates } = await authenticator.previewText(
      [link('Acme', 'kim'), link('Acme', 'kim')].join('\n'),
    );
    expect(candidates).toHaveLength(1);
  });

  test('a short secret is accepted with a warning', async () => {
    const { authenticator } = createWorld();
    const { candidates } = await authenticator.previewText(link('Acme', 'kim', 'JBSWY3DPEHPK3PXP'));
    expect(candidates[0]?.warnings).toEqual([expect.stringMatching(/80 bits/u)]);
  });

  test('counter-based accounts are left out and say why', async () => {
    const { authenticator } = createWorld();
    const { candidates, leftOut } = await authenticator.previewText(`otpauth://hotp/kim?secret=${SECRET}`);
    expect(candidates).toEqual([]);
    expect(leftOut[0]?.reason).toMatch(/HOTP/u);
  });

  test('a picture without a QR code, and one whose QR code is no otpauth link, answer differently', async () => {
    const blank = createWorld({ readPicture: () => Promise.resolve([]) });
    await expect(blank.authenticator.previewPicture(new Uint8Array())).rejects.toMatchObject({
      code: 'picture-refused',
      details: { reason: 'no-qr-code' },
    });
    const codes = [
      'https://example.org/a-private-path',
      'WIFI:S:home;P:hunter2;;',
      'hunter2',
      link('Acme', 'kim'),
    ];
    const full = createWorld({ readPicture: () => Promise.resolve(codes) });
    const { candidates, leftOut } = await full.authenticator.previewPicture(new Uint8Array());
    expect(candidates.map(({ name }) => name)).toEqual(['kim']);
    expect(leftOut.map(({ where }) => where)).toEqual(['QR code 1', 'QR code 2', 'QR code 3']);
    expect(leftOut[0]?.reason).toMatch(/holds a web address/u);
    expect(leftOut[1]?.reason).toMatch(/holds something else \(WIFI:\)/u);
    expect(leftOut[2]?.reason).toMatch(/holds a text/u);
    expect(JSON.stringify(leftOut)).not.toMatch(/hunter2|private/u);
  });
});

describe('adding', () => {
  test('added candidates are listed in order, durable, and announced once', async () => {
    const world = createWorld();
    const added = await addLinks(world, link('Acme', 'kim'), link('Bolt', 'lee'));
    expect(await world.authenticator.list()).toEqual(added);
    expect(added.map(({ issuer, addedAtMs }) => ({ issuer, addedAtMs }))).toEqual([
      { issuer: 'Acme', addedAtMs: START_MS },
      { issuer: 'Bolt', addedAtMs: START_MS },
    ]);
    expect(world.events).toEqual(['authenticator:changed']);
    const reopened = createWorld({ file: world.file });
    expect(await reopened.authenticator.list()).toEqual(added);
  });

  test('no answer carries a secret', async () => {
    const world = createWorld();
    const added = await addLinks(world, link('Acme', 'kim'));
    const answers = [
      added,
      await world.authenticator.list(),
      await world.authenticator.codes([added[0]?.id ?? '']),
    ];
    expect(JSON.stringify(answers)).not.toContain(SECRET);
  });

  test('all or none: one unknown id, nothing added', async () => {
    const world = createWorld();
    const { candidates } = await world.authenticator.previewText(link('Acme', 'kim'));
    const ids = [...candidates.map(({ id }) => id), 'unknown'];
    await expect(world.authenticator.addCandidates(ids)).rejects.toMatchObject({ code: 'not-found' });
    expect(await world.authenticator.list()).toEqual([]);
  });

  test('all or none: one is there already, nothing added', async () => {
    const world = createWorld();
    await addLinks(world, link('Acme', 'kim'));
    await expect(addLinks(world, link('Bolt', 'lee'), link('Acme', 'kim'))).rejects.toMatchObject({
      code: 'already-exists',
    });
    expect(await world.authenticator.list()).toHaveLength(1);
  });

  test('the same account from two previews is added once', async () => {
    const { authenticator } = createWorld();
    const first = await authenticator.previewText(link('Acme', 'kim'));
    const second = await authenticator.previewText(link('Acme', 'kim'));
    const ids = [...first.candidates, ...second.candidates].map(({ id }) => id);
    await expect(authenticator.addCandidates(ids)).rejects.toMatchObject({ code: 'already-exists' });
    await expect(authenticator.addCandidates(ids.slice(0, 1))).resolves.toHaveLength(1);
  });

  test('a preview lasts 15 minutes', async () => {
    const world = createWorld();
    const { candidates } = await world.authenticator.previewText([link('A', 'x'), link('B', 'y')].join('\n'));
    const [first, second] = candidates.map(({ id }) => id);
    world.clock.advance(15 * 60_000 - 1);
    await expect(world.authenticator.addCandidates([first ?? ''])).resolves.toHaveLength(1);
    world.clock.advance(1);
    await expect(world.authenticator.addCandidates([second ?? ''])).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('the oldest previews give way when there are too many', async () => {
    const { authenticator } = createWorld();
    const first = await authenticator.previewText(link('Acme', 'kim'));
    const many = Array.from({ length: MAX_CANDIDATES }, (_, index) => link('Bolt', `user ${index}`));
    await authenticator.previewText(many.join('\n'));
    await expect(authenticator.addCandidates(first.candidates.map(({ id }) => id))).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('typed in: spaces, dashes and lower case are fine', async () => {
    const { authenticator } = createWorld();
    const secret = 'gezd gnbv-gy3t qojq gezd gnbv gy3t qojq';
    const { id } = await authenticator.addManually({ ...typed, secret });
    const { codes } = await authenticator.codes([id]);
    expect(codes[0]?.code).toBe(decimalCode(key.valueAt(START_MS / 30_000), 6));
  });

  test.each([
    { what: 'a wrong character', over: { secret: 'JBSWY3DPEHPK3PX1' }, reason: 'secret-character' },
    { what: 'neither issuer nor name', over: { issuer: ' ', name: '' }, reason: 'label-empty' },
    { what: 'a secret of dashes', over: { secret: '----' }, reason: 'secret-empty' },
  ])('typed in: $what is refused', async ({ over, reason }) => {
    const world = createWorld();
    await expect(world.authenticator.addManually({ ...typed, ...over })).rejects.toMatchObject({
      code: 'account-refused',
      details: { reason },
    });
    expect(world.file.writes).toBe(0);
  });

  test('typed in twice is refused, and says which', async () => {
    const { authenticator } = createWorld();
    await authenticator.addManually(typed);
    const again = authenticator.addManually(typed);
    await expect(again).rejects.toMatchObject({ code: 'already-exists' });
    await expect(again).rejects.toThrow('Acme, kim');
  });
});

describe('codes', () => {
  test('the current and the next code, with their bounds', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    world.clock.advance(12_345);
    const step = START_MS / 30_000;
    expect(await world.authenticator.codes([account?.id ?? ''])).toEqual({
      codes: [
        {
          id: account?.id,
          code: decimalCode(key.valueAt(step), 6),
          nextCode: decimalCode(key.valueAt(step + 1), 6),
          validFromMs: START_MS,
          validUntilMs: START_MS + 30_000,
        },
      ],
      nowMs: START_MS + 12_345,
    });
  });

  test('a Steam account shows five characters', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, `otpauth://steam/Steam:kim?secret=${SECRET}`);
    const { codes } = await world.authenticator.codes([account?.id ?? '']);
    expect(codes[0]?.code).toBe(steamCode(key.valueAt(START_MS / 30_000)));
  });

  test('unknown and deleted accounts are passed over', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    await world.authenticator.delete(account?.id ?? '');
    expect((await world.authenticator.codes([account?.id ?? '', 'unknown'])).codes).toEqual([]);
  });
});

describe('rename, delete, restore', () => {
  test('a renamed account keeps its codes', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    const id = account?.id ?? '';
    const before = await world.authenticator.codes([id]);
    const renamed = await world.authenticator.rename(id, { issuer: ' <b>Bolt</b>\n', name: '' });
    expect(renamed).toMatchObject({ id, issuer: '<b>Bolt</b>', name: '' });
    expect(await world.authenticator.codes([id])).toEqual(before);
    await expect(world.authenticator.rename(id, { issuer: ' ', name: '\t' })).rejects.toMatchObject({
      code: 'account-refused',
    });
  });

  test('a deleted account can be restored for 30 days, also after a restart', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'), link('Bolt', 'lee'));
    const id = account?.id ?? '';
    await world.authenticator.delete(id);
    expect((await world.authenticator.list()).map(({ issuer }) => issuer)).toEqual(['Bolt']);
    const clock = new VirtualClock(START_MS + 30 * DAY_MS - 1);
    const later = createWorld({ file: world.file, clock });
    expect(await later.authenticator.restore(id)).toEqual(account);
    expect((await later.authenticator.list()).map(({ issuer }) => issuer)).toEqual(['Acme', 'Bolt']);
  });

  test('after 30 days the trash is emptied when the vault opens', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'), link('Bolt', 'lee'));
    await world.authenticator.delete(account?.id ?? '');
    const later = createWorld({ file: world.file, clock: new VirtualClock(START_MS + 30 * DAY_MS) });
    await expect(later.authenticator.restore(account?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
    expect(world.file.content).not.toContain('Acme');
    expect(world.file.content).toContain('Bolt');
  });

  test('a full disk does not keep the vault with due trash from opening', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'), link('Bolt', 'lee'));
    await world.authenticator.delete(account?.id ?? '');
    world.file.isFull = true;
    const later = createWorld({ file: world.file, clock: new VirtualClock(START_MS + 31 * DAY_MS) });
    expect(await later.authenticator.list()).toHaveLength(1);
  });

  test('an account deleted and added again is a new one', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    await world.authenticator.delete(account?.id ?? '');
    const [again] = await addLinks(world, link('Acme', 'kim'));
    expect(again?.id).not.toBe(account?.id);
  });

  test.each(['rename', 'delete', 'restore', 'copyCode'])(
    '%s of an unknown account answers not-found',
    async (name) => {
      const { authenticator } = createWorld();
      const calls: Record<string, () => Promise<unknown>> = {
        rename: () => authenticator.rename('unknown', { issuer: 'A', name: 'b' }),
        delete: () => authenticator.delete('unknown'),
        restore: () => authenticator.restore('unknown'),
        copyCode: () => authenticator.copyCode('unknown', 'current'),
      };
      await expect(calls[name]?.()).rejects.toMatchObject({ code: 'not-found' });
    },
  );
});

describe('copying', () => {
  const codeNow = decimalCode(key.valueAt(START_MS / 30_000), 6);

  test('the code is on the clipboard for 30 seconds', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    expect(await world.authenticator.copyCode(account?.id ?? '', 'current')).toEqual({
      by: 'host',
      clearsAfterMs: 30_000,
    });
    expect(world.clipboard.text).toBe(codeNow);
    world.clock.advance(29_999);
    await settle();
    expect(world.clipboard.text).toBe(codeNow);
    world.clock.advance(1);
    await settle();
    expect(world.clipboard.text).toBe('');
  });

  test('what the user copied since is left alone', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    await world.authenticator.copyCode(account?.id ?? '', 'current');
    world.clipboard.text = 'a shopping list';
    world.clock.advance(60_000);
    await settle();
    expect(world.clipboard.text).toBe('a shopping list');
  });

  test('a later copy gets its own full 30 seconds', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    const id = account?.id ?? '';
    await world.authenticator.copyCode(id, 'current');
    world.clock.advance(20_000);
    await world.authenticator.copyCode(id, 'current');
    world.clock.advance(20_000);
    await settle();
    expect(world.clipboard.text).toBe(codeNow);
    world.clock.advance(10_000);
    await settle();
    expect(world.clipboard.text).toBe('');
  });

  test('the next code can be copied', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    await world.authenticator.copyCode(account?.id ?? '', 'next');
    expect(world.clipboard.text).toBe(decimalCode(key.valueAt(START_MS / 30_000 + 1), 6));
  });

  test('where the host has no clipboard, the renderer gets the code', async () => {
    const world = createWorld({ hasClipboard: false });
    const [account] = await addLinks(world, link('Acme', 'kim'));
    expect(await world.authenticator.copyCode(account?.id ?? '', 'current')).toEqual({
      by: 'renderer',
      text: codeNow,
      clearsAfterMs: 30_000,
    });
  });

  test('closing clears a copied code at once', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    await world.authenticator.copyCode(account?.id ?? '', 'current');
    await world.authenticator.close();
    expect(world.clipboard.text).toBe('');
  });
});

describe('a vault that fails', () => {
  test('S21: a change that cannot be written has not happened', async () => {
    const world = createWorld();
    const added = await addLinks(world, link('Acme', 'kim'));
    const id = added[0]?.id ?? '';
    const content = world.file.content;
    const { candidates } = await world.authenticator.previewText(link('Bolt', 'lee'));
    const ids = candidates.map((candidate) => candidate.id);
    world.file.isFull = true;
    const failed = { code: 'storage-failed' };
    await expect(world.authenticator.addCandidates(ids)).rejects.toMatchObject(failed);
    await expect(world.authenticator.addManually({ ...typed, name: 'lee' })).rejects.toMatchObject(failed);
    await expect(world.authenticator.rename(id, { issuer: 'Other', name: '' })).rejects.toMatchObject(failed);
    await expect(world.authenticator.delete(id)).rejects.toMatchObject(failed);
    expect(await world.authenticator.list()).toEqual(added);
    expect((await world.authenticator.codes([id])).codes).toHaveLength(1);
    expect(world.file.content).toBe(content);
    expect(world.events).toHaveLength(1);
    world.file.isFull = false;
    await expect(world.authenticator.addCandidates(ids)).resolves.toHaveLength(1);
  });

  test('it is opened once, and again after a failure', async () => {
    const file = new MemoryVaultFile();
    let opened = 0;
    const world = createWorld({
      file,
      openVault: () => {
        opened += 1;
        if (opened === 1)
          return Promise.reject(new TwofoldError('key-unavailable', 'The keychain is locked.'));
        return Vault.open(file, START_MS);
      },
    });
    const { authenticator } = world;
    const first = await Promise.allSettled([authenticator.list(), authenticator.list()]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(opened).toBe(1);
    expect(await Promise.all([authenticator.list(), authenticator.list()])).toEqual([[], []]);
    expect(opened).toBe(2);
  });

  test('after closing, the vault opens again at next use', async () => {
    const world = createWorld();
    const added = await addLinks(world, link('Acme', 'kim'));
    await world.authenticator.close();
    expect(await world.authenticator.list()).toEqual(added);
  });

  test('parallel changes all count', async () => {
    const world = createWorld();
    const names = Array.from({ length: 20 }, (_, index) => `user ${index}`);
    await Promise.all(names.map((name) => world.authenticator.addManually({ ...typed, name })));
    expect((await world.authenticator.list()).map(({ name }) => name)).toEqual(names);
    expect((await createWorld({ file: world.file }).authenticator.list()).length).toBe(20);
  });
});

test('every method of the contract has its handler', () => {
  const names = Object.keys(methods).filter((name) => name.startsWith('authenticator:'));
  expect(Object.keys(authenticatorHandlers(createWorld().authenticator)).sort()).toEqual(names.sort());
});
