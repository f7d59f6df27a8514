// What a passphrase is asked for beyond unlocking: proving who is there, and being changed (G17, issue 3 "Lock").
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { keyFileAt, KeyRing } from '../../../src-main/secrets/key-ring.ts';
import { MemoryKeyStore } from '../../../src-main/secrets/memory-key-store.ts';

const PASSPHRASE = 'correct horse';
const NEXT = 'battery staple';

async function setUp({ withKeychain = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-passphrase-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'keys.json');
  const keychain = new MemoryKeyStore();
  if (!withKeychain) keychain.refuse('No keychain service answers.');
  const clock = new VirtualClock(1_767_000_000_000);
  const open = () =>
    KeyRing.open({ file: keyFileAt(file, clock), keychain, clock, kdfCost: { memoryKiB: 8, passes: 1, parallelism: 1 } });
  const ring = await open();
  if (!withKeychain) await ring.choosePassphrase(PASSPHRASE);
  return { ring, open, clock, file, text: () => readFileSync(file, 'utf8') };
}

const vaultKey = async (ring: KeyRing) => Buffer.from((await ring.key('vault')).bytes).toString('hex');

test('G17: the present passphrase proves who is there, another does not, and nothing changes', async () => {
  const { ring, text } = await setUp();
  const before = text();
  await ring.prove(PASSPHRASE);
  await expect(ring.prove('wrong horse')).rejects.toMatchObject({
    code: 'passphrase-refused',
    details: { reason: 'wrong', retryAfterMs: 0 },
  });
  expect(ring.state()).toEqual({ kind: 'ready', protection: 'passphrase' });
  expect(text()).toBe(before);
});

test('G17: secrets under a passphrase are shown only with it; without one the keychain is proof enough', async () => {
  const { ring } = await setUp();
  await expect(ring.requireProof(null)).rejects.toMatchObject({
    code: 'passphrase-refused',
    details: { reason: 'missing' },
  });
  await expect(ring.requireProof('')).rejects.toMatchObject({ details: { reason: 'wrong' } });
  await ring.requireProof(PASSPHRASE);

  const { ring: inKeychain } = await setUp({ withKeychain: true });
  await inKeychain.requireProof(null);
  await inKeychain.requireProof('anything');
  await expect(inKeychain.prove('anything')).rejects.toMatchObject({ code: 'conflict' });
});

test('G17: proving, changing and unlocking share one count of wrong passphrases, which locking does not forget', async () => {
  const { ring, clock } = await setUp();
  await expect(ring.prove('wrong horse')).rejects.toMatchObject({ details: { retryAfterMs: 0 } });
  await expect(ring.changePassphrase('wrong horse', NEXT)).rejects.toMatchObject({
    details: { reason: 'wrong', field: 'present', retryAfterMs: 0 },
  });
  ring.lock();
  await expect(ring.enterPassphrase('wrong horse')).rejects.toMatchObject({
    details: { retryAfterMs: 1_000 },
  });
  await expect(ring.requireProof(PASSPHRASE)).rejects.toMatchObject({ details: { reason: 'too-early' } });
  clock.advance(1_000);
  await expect(ring.enterPassphrase('wrong horse')).rejects.toMatchObject({
    details: { retryAfterMs: 2_000 },
  });
  clock.advance(2_000);
  await ring.enterPassphrase(PASSPHRASE);
  await expect(ring.prove('wrong horse')).rejects.toMatchObject({ details: { retryAfterMs: 0 } });
});

test('a changed passphrase opens the same keys, from both generations of the file; the old one opens nothing', async () => {
  const { ring, open, file, text } = await setUp();
  const key = await vaultKey(ring);
  const salt = (content: string) => /"salt": "([^"]+)"/.exec(content)?.[1];
  const saltBefore = salt(text());
  expect(await ring.changePassphrase(PASSPHRASE, NEXT)).toEqual({ kind: 'ready', protection: 'passphrase' });
  expect(salt(text())).not.toBe(saltBefore);
  expect(await vaultKey(ring)).toBe(key);
  for (const generation of [file, `${file}.bak`]) {
    copyFileSync(generation, file);
    const again = await open();
    await expect(again.enterPassphrase(PASSPHRASE)).rejects.toMatchObject({ details: { reason: 'wrong' } });
    await again.enterPassphrase(NEXT);
    expect(await vaultKey(again)).toBe(key);
  }
});

test('a passphrase is not changed to a short one, nor where there is none or it is locked', async () => {
  const { ring, text } = await setUp();
  const before = text();
  await expect(ring.changePassphrase(PASSPHRASE, 'short')).rejects.toMatchObject({
    code: 'passphrase-refused',
    details: { field: 'next' },
  });
  ring.lock();
  await expect(ring.changePassphrase(PASSPHRASE, NEXT)).rejects.toMatchObject({ code: 'conflict' });
  expect(text()).toBe(before);

  const { ring: inKeychain } = await setUp({ withKeychain: true });
  await expect(inKeychain.changePassphrase(PASSPHRASE, NEXT)).rejects.toMatchObject({ code: 'conflict' });
});

test('locked while the passphrase is being changed: one of the two opens the keys afterwards', async () => {
  const { ring, open } = await setUp();
  const key = await vaultKey(ring);
  const changed = ring.changePassphrase(PASSPHRASE, NEXT).catch(() => undefined);
  ring.lock();
  await changed;
  expect(ring.state().kind).toBe('enter-passphrase');
  const again = await open();
  await again.enterPassphrase(PASSPHRASE).catch(() => again.enterPassphrase(NEXT));
  expect(await vaultKey(again)).toBe(key);
});

test('a passphrase whose change cannot be saved stays the present one', async () => {
  const { ring, file } = await setUp();
  const folder = dirname(file);
  // A file stands where the folder should be.
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  await expect(ring.changePassphrase(PASSPHRASE, NEXT)).rejects.toMatchObject({ code: 'storage-failed' });
  await ring.prove(PASSPHRASE);
  await expect(ring.prove(NEXT)).rejects.toMatchObject({ details: { reason: 'wrong' } });
});

test('G17: whoever listens is told once for each lock, and no more after letting go', async () => {
  const { ring } = await setUp();
  let told = 0;
  const stop = ring.onLock(() => (told += 1));
  ring.lock();
  ring.lock();
  expect(told).toBe(1);
  await ring.enterPassphrase(PASSPHRASE);
  stop();
  ring.lock();
  expect(told).toBe(1);
});
