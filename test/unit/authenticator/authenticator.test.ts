// The authenticator's accounts: codes, editing, order, trash, copying, secrets, and what happens when the vault fails.
import { describe, expect, test } from 'vitest';
import { authenticatorHandlers } from '../../../src-main/authenticator/handlers.ts';
import { Vault } from '../../../src-main/authenticator/vault.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { decimalCode, steamCode } from '../../../src-main/otp/code-text.ts';
import { otplibEngine } from '../../../src-main/otp/otplib-engine.ts';
import { type AccountEdit, methods, TwofoldError } from '../../../src-shared/contract/index.ts';
import { addLinks, createWorld, link, MemoryVaultFile, SECRET, settle, START_MS } from './world.ts';

const key = otplibEngine(Buffer.from('12345678901234567890'), 'SHA-1');
const DAY_MS = 24 * 60 * 60 * 1000;
const typed = {
  type: 'totp',
  issuer: 'Acme',
  name: 'kim',
  secret: SECRET,
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  counter: 0,
} as const;

const edit: Omit<AccountEdit, 'id'> = {
  issuer: 'Bolt',
  name: '',
  tags: [],
  note: '',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  counter: null,
};

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
    await expect(again).rejects.toThrow('Acme · kim');
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
      correctedByMs: 0,
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

describe('edit, delete, restore', () => {
  test('an edited account keeps its secret', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    const id = account?.id ?? '';
    const before = await world.authenticator.codes([id]);
    const renamed = await world.authenticator.edit({ ...edit, id, issuer: ' <b>Bolt</b>\n' });
    expect(renamed).toMatchObject({ id, issuer: '<b>Bolt</b>', name: '' });
    expect(await world.authenticator.codes([id])).toEqual(before);
    await expect(world.authenticator.edit({ ...edit, id, issuer: ' ', name: '\t' })).rejects.toMatchObject({
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

  test.each([
    'edit',
    'pin',
    'advance',
    'details',
    'reveal',
    'delete',
    'restore',
    'copyCode',
    'portableAccounts',
  ])('%s of an unknown account answers not-found', async (name) => {
    const { authenticator } = createWorld();
    const calls: Record<string, () => Promise<unknown>> = {
      edit: () => authenticator.edit({ ...edit, id: 'unknown' }),
      pin: () => authenticator.pin('unknown', true),
      advance: () => authenticator.advance('unknown'),
      details: () => authenticator.details('unknown'),
      reveal: () => authenticator.reveal('unknown'),
      portableAccounts: () => authenticator.portableAccounts(['unknown']),
      delete: () => authenticator.delete('unknown'),
      restore: () => authenticator.restore('unknown'),
      copyCode: () => authenticator.copyCode('unknown', 'current'),
    };
    await expect(calls[name]?.()).rejects.toMatchObject({ code: 'not-found' });
  });
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
    await world.authenticator.forget();
    expect(world.clipboard.text).toBe('');
  });
});

describe('HOTP', () => {
  const rfc4226 = ['755224', '287082', '359152', '969429', '338314'];

  async function counted(world = createWorld()) {
    const { id } = await world.authenticator.addManually({ ...typed, type: 'hotp' });
    const shownCode = async () => (await world.authenticator.codes([id])).codes[0];
    return { world, id, shownCode };
  }

  test('Types: no code before it is asked for, then one after the other (RFC 4226 Appendix D)', async () => {
    const { world, id, shownCode } = await counted();
    expect(await shownCode()).toEqual({ id, code: '', nextCode: '', validFromMs: 0, validUntilMs: 0 });
    for (const code of rfc4226) {
      expect((await world.authenticator.advance(id)).code).toBe(code);
      expect((await shownCode())?.code).toBe(code);
    }
  });

  test('Types: the counter is stored before the code is shown, so that none is shown twice', async () => {
    const { world, id, shownCode } = await counted();
    world.file.isFull = true;
    await expect(world.authenticator.advance(id)).rejects.toMatchObject({ code: 'storage-failed' });
    expect((await shownCode())?.code).toBe('');
    world.file.isFull = false;
    expect((await world.authenticator.advance(id)).code).toBe(rfc4226[0]);
    const restarted = createWorld({ file: world.file });
    expect((await restarted.authenticator.advance(id)).code).toBe(rfc4226[1]);
  });

  test('Types: presses in a row each get a code of their own', async () => {
    const { world, id } = await counted();
    const codes = await Promise.all([1, 2, 3].map(() => world.authenticator.advance(id)));
    expect(codes.map(({ code }) => code)).toEqual(rfc4226.slice(0, 3));
  });

  test('Types: resynchronised by setting the counter of the next code', async () => {
    const { world, id } = await counted();
    await world.authenticator.advance(id);
    await world.authenticator.edit({ ...edit, id, periodS: 0, counter: 3 });
    expect((await world.authenticator.details(id)).counter).toBe(3);
    expect((await world.authenticator.advance(id)).code).toBe(rfc4226[3]);
    await expect(world.authenticator.edit({ ...edit, id, periodS: 0, counter: null })).rejects.toMatchObject({
      code: 'account-refused',
    });
  });

  test('copying takes the code that is shown, or the first one; the next counts on', async () => {
    const { world, id } = await counted();
    await world.authenticator.copyCode(id, 'current');
    expect(world.clipboard.text).toBe(rfc4226[0]);
    await world.authenticator.copyCode(id, 'current');
    expect(world.clipboard.text).toBe(rfc4226[0]);
    await world.authenticator.copyCode(id, 'next');
    expect(world.clipboard.text).toBe(rfc4226[1]);
  });

  test('a time-based account has nothing to count on', async () => {
    const { authenticator } = createWorld();
    const { id } = await authenticator.addManually(typed);
    await expect(authenticator.advance(id)).rejects.toMatchObject({ code: 'account-refused' });
  });
});

describe('types', () => {
  test.each([
    { what: 'five digits', over: { digits: 5 } },
    { what: 'ten digits', over: { digits: 10 } },
    { what: 'a period of 1 s', over: { periodS: 1 } },
    { what: 'a period of a day', over: { periodS: 86_400 } },
    { what: 'SHA-256', over: { algorithm: 'SHA-256' } },
    { what: 'SHA-512', over: { algorithm: 'SHA-512' } },
  ] as const)('Types: $what', async ({ over }) => {
    const { authenticator } = createWorld();
    const account = { ...typed, ...over };
    const { id } = await authenticator.addManually(account);
    const secret = Buffer.from('12345678901234567890');
    const step = Math.floor(START_MS / 1000 / account.periodS);
    const expected = decimalCode(otplibEngine(secret, account.algorithm).valueAt(step), account.digits);
    expect((await authenticator.codes([id])).codes[0]).toMatchObject({
      code: expected,
      validFromMs: step * account.periodS * 1000,
      validUntilMs: (step + 1) * account.periodS * 1000,
    });
  });

  test('Types: Steam typed in has its own parameters, whatever was chosen', async () => {
    const { authenticator } = createWorld();
    const account = await authenticator.addManually({ ...typed, type: 'steam', digits: 8, periodS: 60 });
    expect(account).toMatchObject({ type: 'steam', digits: 5, periodS: 30, algorithm: 'SHA-1' });
  });

  test('Types: a secret under 16 bytes is accepted with a warning', async () => {
    const { authenticator } = createWorld();
    const { warnings } = await authenticator.addManually({ ...typed, secret: 'JBSWY3DPEHPK3PXP' });
    expect(warnings).toEqual([expect.stringMatching(/80 bits/u)]);
  });

  test('an edit of algorithm, digits and period changes the codes at once', async () => {
    const { authenticator } = createWorld();
    const { id } = await authenticator.addManually(typed);
    await authenticator.codes([id]);
    await authenticator.edit({ ...edit, id, algorithm: 'SHA-512', digits: 8, periodS: 60 });
    const long = otplibEngine(Buffer.from('12345678901234567890'), 'SHA-512');
    expect((await authenticator.codes([id])).codes[0]?.code).toBe(
      decimalCode(long.valueAt(START_MS / 60_000), 8),
    );
    await expect(authenticator.edit({ ...edit, id, periodS: 0 })).rejects.toMatchObject({
      code: 'account-refused',
    });
  });
});

describe('daily use', () => {
  async function three(world = createWorld()) {
    const added = await addLinks(world, link('A', 'x'), link('B', 'y'), link('C', 'z'));
    const [a = '', b = '', c = ''] = added.map(({ id }) => id);
    const order = async () => (await world.authenticator.list()).map(({ issuer }) => issuer).join('');
    return { world, a, b, c, order };
  }

  test('Daily use, order by hand: before another one, to the end, kept over a restart', async () => {
    const { world, a, c, order } = await three();
    await world.authenticator.move(c, a);
    expect(await order()).toBe('CAB');
    await world.authenticator.move(c, null);
    expect(await order()).toBe('ABC');
    await world.authenticator.move(a, c);
    expect(await order()).toBe('BAC');
    await world.authenticator.move(a, a);
    expect(await order()).toBe('BAC');
    await expect(world.authenticator.move(a, 'unknown')).rejects.toMatchObject({ code: 'not-found' });
    const restarted = createWorld({ file: world.file });
    expect((await restarted.authenticator.list()).map(({ issuer }) => issuer).join('')).toBe('BAC');
  });

  test('Daily use, tags: cleaned, renamed everywhere, removed everywhere', async () => {
    const { world, a, b } = await three();
    const tagsOf = async () => (await world.authenticator.list()).map(({ tags }) => tags);
    await world.authenticator.edit({ ...edit, id: a, tags: [' work ', 'Work', 'home'] });
    await world.authenticator.edit({ ...edit, id: b, tags: ['work', 'office'] });
    expect(await tagsOf()).toEqual([['work', 'home'], ['work', 'office'], []]);
    await world.authenticator.renameTag('work', 'office');
    expect(await tagsOf()).toEqual([['office', 'home'], ['office'], []]);
    await world.authenticator.renameTag('office', null);
    expect(await tagsOf()).toEqual([['home'], [], []]);
  });

  test('Daily use, pin and notes: kept over a restart', async () => {
    const { world, a } = await three();
    await world.authenticator.pin(a, true);
    await world.authenticator.edit({ ...edit, id: a, note: ' Spare key in the safe.\r\nAsk Kim. ' });
    const restarted = createWorld({ file: world.file });
    expect(await restarted.authenticator.details(a)).toMatchObject({
      pinned: true,
      hasNote: true,
      note: 'Spare key in the safe.\nAsk Kim.',
    });
  });

  test('Daily use, recent and frequent: copies are counted at once and written some seconds later', async () => {
    const { world, a } = await three();
    const writes = world.file.writes;
    await world.authenticator.copyCode(a, 'current');
    world.clock.advance(1_000);
    await world.authenticator.copyCode(a, 'current');
    expect(await world.authenticator.details(a)).toMatchObject({
      useCount: 2,
      lastUsedAtMs: START_MS + 1_000,
    });
    expect(world.file.writes).toBe(writes);
    expect(world.events.filter((event) => event === 'authenticator:used')).toHaveLength(2);
    world.clock.advance(10_000);
    await settle();
    expect(world.file.writes).toBe(writes + 1);
    expect(await createWorld({ file: world.file }).authenticator.details(a)).toMatchObject({ useCount: 2 });
  });

  test('Daily use, recent and frequent: a change in between loses no copy, and neither does closing', async () => {
    const { world, a, b } = await three();
    await world.authenticator.copyCode(a, 'current');
    await world.authenticator.pin(a, true);
    await world.authenticator.copyCode(b, 'current');
    await world.authenticator.forget();
    const restarted = createWorld({ file: world.file }).authenticator;
    expect(await restarted.details(a)).toMatchObject({ useCount: 1, pinned: true });
    expect(await restarted.details(b)).toMatchObject({ useCount: 1 });
  });

  test('Daily use, trash: listed newest first with its end, emptied by hand or one by one', async () => {
    const { world, a, b, c } = await three();
    await world.authenticator.delete(a);
    world.clock.advance(DAY_MS);
    await world.authenticator.delete(b);
    expect(await world.authenticator.trash()).toMatchObject([
      { id: b, deletedAtMs: START_MS + DAY_MS, leavesAtMs: START_MS + 31 * DAY_MS },
      { id: a, deletedAtMs: START_MS, leavesAtMs: START_MS + 30 * DAY_MS },
    ]);
    // An account in use is never deleted this way.
    await world.authenticator.deleteForever([a, c]);
    expect((await world.authenticator.trash()).map(({ id }) => id)).toEqual([b]);
    await world.authenticator.deleteForever(null);
    expect(await world.authenticator.trash()).toEqual([]);
    expect((await world.authenticator.list()).map(({ id }) => id)).toEqual([c]);
  });

  test('Daily use, trash: emptied after 30 days also while the program goes on running', async () => {
    const { world, a } = await three();
    await world.authenticator.delete(a);
    for (let days = 0; days < 31; days += 1) {
      for (let quarter = 0; quarter < 4; quarter += 1) {
        world.clock.advance(DAY_MS / 4);
        await settle();
      }
    }
    expect(await world.authenticator.trash()).toEqual([]);
    expect(world.file.content).not.toContain('"A"');
  });

  test('Daily use, several copies in a row: each replaces the one before, and the last is cleared', async () => {
    const { world, a, b } = await three();
    await world.authenticator.copyCode(a, 'current');
    world.clock.advance(10_000);
    await world.authenticator.copyCode(b, 'next');
    const last = world.clipboard.text;
    world.clock.advance(20_000);
    await settle();
    expect(world.clipboard.text).toBe(last);
    world.clock.advance(10_000);
    await settle();
    expect(world.clipboard.text).toBe('');
  });

  test('Daily use, secret and QR code: in groups, and as a link that holds everything', async () => {
    const { world, a } = await three();
    const { secret, link: shownLink } = await world.authenticator.reveal(a);
    expect(secret).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
    expect(shownLink).toContain(`secret=${SECRET}`);
    const { candidates } = await world.transfer.readText(null, shownLink);
    expect(candidates).toMatchObject([{ issuer: 'A', name: 'x', status: 'already-there' }]);
  });

  test('Daily use, secret: not without the proof', async () => {
    const world = createWorld();
    const [account] = await addLinks(world, link('Acme', 'kim'));
    const handlers = authenticatorHandlers(world.authenticator, () =>
      Promise.reject(new TwofoldError('passphrase-refused', 'Enter your passphrase.')),
    );
    const browser = { name: 'test', read: () => undefined, write: () => undefined, clear: () => undefined };
    await expect(
      handlers['authenticator:reveal']({ id: account?.id ?? '', passphrase: null }, { browser }),
    ).rejects.toMatchObject({ code: 'passphrase-refused' });
  });

  test('Time: a computer that is 40 s behind shows right codes where the correction counts', async () => {
    const { authenticator } = createWorld({
      clock: new VirtualClock(START_MS - 40_000),
      correctionMs: () => 40_000,
    });
    const { id } = await authenticator.addManually(typed);
    expect(await authenticator.codes([id])).toMatchObject({
      codes: [{ code: decimalCode(key.valueAt(START_MS / 30_000), 6), validFromMs: START_MS }],
      nowMs: START_MS,
      correctedByMs: 40_000,
    });
  });
});

describe('a vault that fails', () => {
  test('S21: a change that cannot be written has not happened', async () => {
    const world = createWorld();
    const added = await addLinks(world, link('Acme', 'kim'));
    const id = added[0]?.id ?? '';
    const content = world.file.content;
    const preview = await world.transfer.readText(null, link('Bolt', 'lee'));
    const choices = preview.candidates.map((candidate) => ({ id: candidate.id, action: 'add' as const }));
    world.file.isFull = true;
    const failed = { code: 'storage-failed' };
    await expect(world.transfer.add(preview.id, choices)).rejects.toMatchObject(failed);
    await expect(world.authenticator.addManually({ ...typed, name: 'lee' })).rejects.toMatchObject(failed);
    await expect(world.authenticator.edit({ ...edit, id })).rejects.toMatchObject(failed);
    await expect(world.authenticator.delete(id)).rejects.toMatchObject(failed);
    expect(await world.authenticator.list()).toEqual(added);
    expect((await world.authenticator.codes([id])).codes).toHaveLength(1);
    expect(world.file.content).toBe(content);
    expect(world.events).toHaveLength(1);
    world.file.isFull = false;
    expect((await world.transfer.add(preview.id, choices)).added).toHaveLength(1);
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
    await world.authenticator.forget();
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
  expect(
    Object.keys(authenticatorHandlers(createWorld().authenticator, () => Promise.resolve())).sort(),
  ).toEqual(names.sort());
});
