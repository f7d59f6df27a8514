// The key ring: keys are made once and never replaced; two ways to keep them, and the moves between.
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { newKey } from '../../../src-main/secrets/held-keys.ts';
import { keyFileAt, KeyRing } from '../../../src-main/secrets/key-ring.ts';
import { MemoryKeyStore } from '../../../src-main/secrets/memory-key-store.ts';
import { seal, type SealingKey, unseal } from '../../../src-main/secrets/sealing.ts';

const PASSPHRASE = 'correct horse';
const NO_KEYCHAIN = 'No keychain service answers.';

function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'keys.json');
  const keychain = new MemoryKeyStore();
  const clock = new VirtualClock(1_767_000_000_000);
  const open = () =>
    KeyRing.open({
      file: keyFileAt(file, clock),
      keychain,
      clock,
      kdfCost: { memoryKiB: 8, passes: 1, parallelism: 1 },
    });
  return { file, keychain, clock, open, text: () => readFileSync(file, 'utf8') };
}

/** The id and a copy of the bytes: a held key may be wiped later. */
const copyOf = (key: SealingKey) => ({ id: key.id, bytes: Buffer.from(key.bytes).toString('hex') });
const keysOf = async (ring: KeyRing) => [copyOf(await ring.key('vault')), copyOf(await ring.key('console'))];

async function withPassphrase() {
  const world = setUp();
  world.keychain.refuse(NO_KEYCHAIN);
  const ring = await world.open();
  await ring.choosePassphrase(PASSPHRASE);
  return { ...world, ring };
}

test('first start with a keychain: two different keys are made there, and found again', async () => {
  const { open, keychain, text } = setUp();
  const ring = await open();
  expect(ring.state()).toEqual({ kind: 'ready', protection: 'keychain' });
  const [vault, console] = await keysOf(ring);
  expect(vault?.bytes).toHaveLength(64);
  expect(vault?.bytes).not.toBe(console?.bytes);
  expect(keychain.names().sort()).toEqual([`console-${console?.id ?? ''}`, `vault-${vault?.id ?? ''}`]);
  expect(await keysOf(await open())).toEqual([vault, console]);
  for (const { bytes } of [vault, console].flatMap((key) => key ?? [])) {
    expect(text()).not.toContain(bytes);
    expect(text()).not.toContain(Buffer.from(bytes, 'hex').toString('base64url'));
  }
});

test('two folders of data keep their keys apart in one keychain', async () => {
  const first = setUp();
  const ring = await first.open();
  const other = await KeyRing.open({
    file: keyFileAt(`${first.file}.other`, first.clock),
    keychain: first.keychain,
    clock: first.clock,
  });
  expect(await keysOf(other)).not.toEqual(await keysOf(ring));
  expect(first.keychain.names()).toHaveLength(4);
});

test('first start without a keychain: a passphrase must be chosen, with the reason; nothing is written before', async () => {
  const { open, keychain, file } = setUp();
  keychain.refuse(NO_KEYCHAIN);
  const ring = await open();
  expect(ring.state()).toEqual({ kind: 'choose-passphrase', reason: NO_KEYCHAIN });
  await expect(ring.key('vault')).rejects.toMatchObject({ code: 'key-needed' });
  expect(existsSync(file)).toBe(false);
});

test('retry at first start: once the keychain answers, the keys are made there', async () => {
  const { open, keychain } = setUp();
  keychain.refuse(NO_KEYCHAIN);
  const ring = await open();
  expect((await ring.retry()).kind).toBe('choose-passphrase');
  keychain.refuse(null);
  expect(await ring.retry()).toEqual({ kind: 'ready', protection: 'keychain' });
  expect(keychain.names()).toHaveLength(2);
});

test.each([[''], ['       '], ['         '], ['short12'], ['🔑🔑🔑🔑']])(
  'a passphrase of %j is refused as too short, nothing is written',
  async (passphrase) => {
    const { open, keychain, file } = setUp();
    keychain.refuse(NO_KEYCHAIN);
    const ring = await open();
    await expect(ring.choosePassphrase(passphrase)).rejects.toMatchObject({ code: 'passphrase-refused' });
    expect(existsSync(file)).toBe(false);
  },
);

test('a passphrase opens the same keys again, also typed in another Unicode form, and stands nowhere', async () => {
  const { open, keychain, text } = setUp();
  keychain.refuse(NO_KEYCHAIN);
  const ring = await open();
  expect(await ring.choosePassphrase('pässphrase ö')).toEqual({ kind: 'ready', protection: 'passphrase' });
  const keys = await keysOf(ring);
  const again = await open();
  expect(again.state().kind).toBe('enter-passphrase');
  await expect(again.key('vault')).rejects.toMatchObject({ code: 'key-needed' });
  await again.enterPassphrase('pässphrase ö'.normalize('NFD'));
  expect(await keysOf(again)).toEqual(keys);
  expect(text()).not.toContain('phrase ö');
  for (const { bytes } of keys) expect(text()).not.toContain(Buffer.from(bytes, 'hex').toString('base64url'));
});

test('a passphrase cannot be chosen twice', async () => {
  const { ring, text } = await withPassphrase();
  const before = text();
  await expect(ring.choosePassphrase('another one')).rejects.toMatchObject({ code: 'conflict' });
  expect(text()).toBe(before);
});

test('wrong passphrases are refused, and from the third on each further try has to wait longer', async () => {
  const { open, clock } = await withPassphrase();
  const ring = await open();
  const wrong = () => ring.enterPassphrase('wrong horse');
  for (const retryAfterMs of [0, 0, 1_000]) {
    await expect(wrong()).rejects.toMatchObject({
      code: 'passphrase-refused',
      details: { reason: 'wrong', retryAfterMs },
    });
  }
  await expect(ring.enterPassphrase(PASSPHRASE)).rejects.toMatchObject({ details: { reason: 'too-early' } });
  for (const retryAfterMs of [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    clock.advance(30_000);
    await expect(wrong()).rejects.toMatchObject({ details: { reason: 'wrong', retryAfterMs } });
  }
  clock.setWallClock(clock.nowMs() + 86_400_000);
  await expect(ring.enterPassphrase(PASSPHRASE)).rejects.toMatchObject({ details: { reason: 'too-early' } });
  clock.advance(30_000);
  expect(await ring.enterPassphrase(PASSPHRASE)).toEqual({ kind: 'ready', protection: 'passphrase' });
});

test('the keychain does not answer for existing keys: unavailable with its reason, and retry helps', async () => {
  const { open, keychain, text } = setUp();
  const keys = await keysOf(await open());
  const before = text();
  keychain.refuse('The OS keychain is locked.');
  const ring = await open();
  expect(ring.state()).toMatchObject({ kind: 'keychain-unavailable' });
  await expect(ring.key('console')).rejects.toMatchObject({ code: 'key-unavailable' });
  await expect(ring.key('console')).rejects.toThrow('The OS keychain is locked. Your data is kept as it is');
  await expect(ring.choosePassphrase(PASSPHRASE)).rejects.toMatchObject({ code: 'conflict' });
  expect(text()).toBe(before);
  keychain.refuse(null);
  await ring.retry();
  expect(await keysOf(ring)).toEqual(keys);
});

test.each(['absent', 'another'] as const)(
  'the key is %s in the keychain: missing, never replaced',
  async (what) => {
    const { open, keychain, text } = setUp();
    const ring = await open();
    const { id, bytes } = copyOf(await ring.key('vault'));
    const before = text();
    const account = `vault-${id}`;
    if (what === 'absent') await keychain.remove(account);
    else await keychain.write(account, Buffer.alloc(32, 1));
    const names = keychain.names();

    const again = await open();
    expect(again.state().kind).toBe('key-missing');
    await expect(again.key('vault')).rejects.toMatchObject({ code: 'key-unavailable' });
    await again.retry();
    await expect(again.choosePassphrase(PASSPHRASE)).rejects.toMatchObject({ code: 'conflict' });
    await expect(again.move({ to: 'passphrase', passphrase: PASSPHRASE })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(keychain.names()).toEqual(names);
    expect(text()).toBe(before);

    await keychain.write(account, Buffer.from(bytes, 'hex'));
    expect(await again.retry()).toEqual({ kind: 'ready', protection: 'keychain' });
    expect(copyOf(await again.key('vault'))).toEqual({ id, bytes });
  },
);

test('a damaged keys.json is told, kept, and no new keys are made beside data that needs the old ones', async () => {
  const { open, keychain, file } = setUp();
  await open();
  const names = keychain.names();
  writeFileSync(file, 'damage');
  const ring = await open();
  expect(ring.state().kind).toBe('key-missing');
  await expect(ring.key('vault')).rejects.toThrow('keys.json is damaged');
  expect(readFileSync(file, 'utf8')).toBe('damage');
  expect(keychain.names()).toEqual(names);
});

test('a keys.json that asks for absurd work counts as damaged', async () => {
  const { open, file, text } = await withPassphrase();
  writeFileSync(file, text().replace('"memoryKiB": 8', '"memoryKiB": 4000000000'));
  expect((await open()).state().kind).toBe('key-missing');
});

test('moving to a passphrase: the same keys, gone from the keychain, also in the backup generation', async () => {
  const { open, keychain, file } = setUp();
  const ring = await open();
  const keys = await keysOf(ring);
  expect(await ring.move({ to: 'passphrase', passphrase: PASSPHRASE })).toEqual({
    kind: 'ready',
    protection: 'passphrase',
  });
  expect(keychain.names()).toEqual([]);
  expect(await keysOf(ring)).toEqual(keys);
  for (const generation of [file, `${file}.bak`]) {
    copyFileSync(generation, file);
    const again = await open();
    await again.enterPassphrase(PASSPHRASE);
    expect(await keysOf(again)).toEqual(keys);
  }
});

test('moving to the keychain: needs the present passphrase; the same keys, no wrapped key stays in either generation', async () => {
  const { open, keychain, file, ring } = await withPassphrase();
  const keys = await keysOf(ring);
  keychain.refuse(null);
  await expect(ring.move({ to: 'keychain', passphrase: 'wrong horse' })).rejects.toMatchObject({
    code: 'passphrase-refused',
  });
  expect(keychain.names()).toEqual([]);
  expect(await ring.move({ to: 'keychain', passphrase: PASSPHRASE })).toEqual({
    kind: 'ready',
    protection: 'keychain',
  });
  expect(await keysOf(await open())).toEqual(keys);
  for (const generation of [file, `${file}.bak`])
    expect(readFileSync(generation, 'utf8')).not.toContain('wrapped');
});

test('moving to a keychain that does not answer changes nothing', async () => {
  const { open, ring, text } = await withPassphrase();
  const before = text();
  await expect(ring.move({ to: 'keychain', passphrase: PASSPHRASE })).rejects.toMatchObject({
    code: 'key-unavailable',
  });
  expect(text()).toBe(before);
  expect(ring.state()).toEqual({ kind: 'ready', protection: 'passphrase' });
  expect((await (await open()).enterPassphrase(PASSPHRASE)).kind).toBe('ready');
});

test('moving to where the keys are, or with a short passphrase, is refused and changes nothing', async () => {
  const { open, text } = setUp();
  const ring = await open();
  const before = text();
  await expect(ring.move({ to: 'keychain', passphrase: PASSPHRASE })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(ring.move({ to: 'passphrase', passphrase: 'short' })).rejects.toMatchObject({
    code: 'passphrase-refused',
  });
  expect(text()).toBe(before);
});

test('lock wipes the keys: who still holds one cannot seal with zeros', async () => {
  const { open } = setUp();
  const ring = await open();
  const key = await ring.key('vault');
  const bytes = key.bytes;
  const sealed = seal(key, 'place', Buffer.from('secret'));
  ring.lock();
  expect([...bytes]).toEqual(Array.from({ length: 32 }, () => 0));
  expect(() => seal(key, 'place', Buffer.from('secret'))).toThrow('locked');
  // The keychain gives it again.
  expect(unseal(await ring.key('vault'), 'place', sealed).toString()).toBe('secret');
});

test('lock with a passphrase: it must be entered again', async () => {
  const { ring } = await withPassphrase();
  const keys = await keysOf(ring);
  ring.lock();
  expect(ring.state()).toEqual({ kind: 'enter-passphrase', reason: 'Twofold is locked.' });
  await expect(ring.key('vault')).rejects.toMatchObject({ code: 'key-needed' });
  await ring.enterPassphrase(PASSPHRASE);
  expect(await keysOf(ring)).toEqual(keys);
});

test('locked during a move: the keys stay wiped, the data stays readable', async () => {
  const { open } = setUp();
  const ring = await open();
  const keys = await keysOf(ring);
  const moved = ring.move({ to: 'passphrase', passphrase: PASSPHRASE }).catch(() => undefined);
  ring.lock();
  await moved;
  ring.lock();
  const again = await open();
  if (again.state().kind === 'enter-passphrase') await again.enterPassphrase(PASSPHRASE);
  expect(await keysOf(again)).toEqual(keys);
});

test('S21: keys.json cannot be written at first start: said, and no key is left in the keychain', async () => {
  const { keychain, clock, file } = setUp();
  // A folder that is not there and cannot be made.
  symlinkSync('/nowhere/at/all', file);
  await expect(
    KeyRing.open({ file: keyFileAt(join(file, 'keys.json'), clock), keychain, clock }),
  ).rejects.toMatchObject({
    code: 'storage-failed',
  });
  expect(keychain.names()).toEqual([]);
});

test('issue 6: another key of the console takes the place of the one before; the vault’s stays (keychain)', async () => {
  const { open, keychain } = setUp();
  const ring = await open();
  const [vault, former] = await keysOf(ring);
  const next = newKey();
  const copy = copyOf(next);
  await ring.keepConsoleKey(next);
  next.wipe();
  expect(await keysOf(ring)).toEqual([vault, copy]);
  expect(keychain.names().sort()).toEqual([`console-${copy.id}`, `vault-${vault?.id ?? ''}`]);
  expect(keychain.names()).not.toContain(`console-${former?.id ?? ''}`);
  expect(await keysOf(await open())).toEqual([vault, copy]);
});

test('issue 6: the same under a passphrase, which is not asked for; it opens the new key from then on', async () => {
  const { open, ring, text } = await withPassphrase();
  const [vault, former] = await keysOf(ring);
  const next = newKey();
  const copy = copyOf(next);
  await ring.keepConsoleKey(next);
  expect(await keysOf(ring)).toEqual([vault, copy]);
  expect(text()).not.toContain(former?.id);
  expect(text()).not.toContain(Buffer.from(copy.bytes, 'hex').toString('base64url'));
  const again = await open();
  await again.enterPassphrase(PASSPHRASE);
  expect(await keysOf(again)).toEqual([vault, copy]);
  await again.changePassphrase(PASSPHRASE, 'another horse battery');
  const last = await open();
  await last.enterPassphrase('another horse battery');
  expect(await keysOf(last)).toEqual([vault, copy]);
});

test('issue 6: where the keychain does not keep the new key, the one before stays', async () => {
  const { open, keychain } = setUp();
  const ring = await open();
  const before = await keysOf(ring);
  keychain.refuse(NO_KEYCHAIN);
  await expect(ring.keepConsoleKey(newKey())).rejects.toMatchObject({ code: 'key-unavailable' });
  keychain.refuse(null);
  expect(await keysOf(ring)).toEqual(before);
  expect(await keysOf(await open())).toEqual(before);
});

test('issue 6: locked, no key is exchanged', async () => {
  const { ring } = await withPassphrase();
  ring.lock();
  await expect(ring.keepConsoleKey(newKey())).rejects.toMatchObject({ code: 'key-needed' });
});
