// The vault's document and file: what an earlier Twofold wrote opens, what is not ours is left alone, damage is damage.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { vaultCodec } from '../../../src-main/authenticator/vault-codec.ts';
import {
  emptyVaultDocument,
  isVaultAccount,
  migrate,
  readVaultDocument,
  VAULT_VERSION,
  VaultAccount,
} from '../../../src-main/authenticator/vault-document.ts';
import { seal, SealBroken, type SealingKey } from '../../../src-main/secrets/sealing.ts';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import golden1 from './golden/vault-1.json' with { type: 'json' };
import golden2 from './golden/vault-2.json' with { type: 'json' };

const key: SealingKey = { id: 'vault-golden', bytes: new Uint8Array(32).fill(7) };
const codec = vaultCodec(key);
const sealedFile = (version: number): Buffer =>
  Buffer.from(
    readFileSync(new URL(`golden/vault-${version}.sealed.base64`, import.meta.url), 'utf8'),
    'base64',
  );
const goldenFile = sealedFile(2);

const failureOf = (work: () => unknown): unknown => {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
};

/** What each version became over the migrations: the newest document that says the same. */
const added = { counter: null, tags: [], note: '', pinned: false, useCount: 0, lastUsedAtMs: null };
const lifted1 = { version: 2, accounts: golden1.accounts.map((account) => ({ ...account, ...added })) };

describe('versions', () => {
  test.each([
    { version: 1, golden: golden1, now: lifted1 },
    { version: 2, golden: golden2, now: golden2 },
  ])('the document of version $version reads as what it says', ({ golden, now }) => {
    expect(readVaultDocument(golden)).toEqual(now);
  });

  test.each([
    { version: 1, now: lifted1 },
    { version: 2, now: golden2 },
  ])('the sealed file of version $version opens', ({ version, now }) => {
    expect(codec.parse(sealedFile(version))).toEqual(now);
  });

  test('every version has its golden file', () => {
    expect(VAULT_VERSION).toBe(2);
  });

  test('a newer version is refused and named, not taken for damage', () => {
    expect(failureOf(() => readVaultDocument({ version: VAULT_VERSION + 1, accounts: [] }))).toMatchObject({
      code: 'storage-failed',
      details: { reason: 'newer-version', version: VAULT_VERSION + 1 },
    });
  });

  test('migrations run from the version found up to the newest, in their order', () => {
    const ran: number[] = [];
    const steps = [2, 3, 4].map((version) => () => {
      ran.push(version);
      return { version };
    });
    expect(migrate({ version: 1 }, 4, steps)).toEqual({ version: 4 });
    expect(ran.splice(0)).toEqual([2, 3, 4]);
    expect(migrate({ version: 3 }, 4, steps)).toEqual({ version: 4 });
    expect(ran.splice(0)).toEqual([4]);
    expect(migrate({ version: 4 }, 4, steps)).toEqual({ version: 4 });
    expect(ran).toEqual([]);
  });

  test.each([
    null,
    [],
    'text',
    {},
    { version: 0 },
    { version: 1 },
    { version: 1, accounts: [{ id: 'x' }] },
    { version: 2 },
  ])('no vault document: %j', (value) => {
    expect(failureOf(() => readVaultDocument(value))).not.toBeInstanceOf(TwofoldError);
    expect(() => readVaultDocument(value)).toThrow();
  });
});

describe('the quick check of an account is the schema', () => {
  const [timed, counted] = golden2.accounts;
  const values = [
    null,
    '',
    'x',
    'totp',
    'SHA-256',
    'ABC',
    'hotp',
    'steam',
    'abc',
    true,
    0,
    1,
    5,
    10,
    11,
    1.5,
    -1,
    86_400,
    86_401,
    2 ** 53,
    [],
    ['x'],
    [1],
    {},
  ];

  test.each([
    { kind: 'timed', sound: timed },
    { kind: 'counted', sound: counted },
  ])('on every field of a $kind account with every kind of value, missing or added', ({ sound }) => {
    const fields = Object.keys(sound ?? {});
    const variants: unknown[] = [
      sound,
      { ...sound, extra: 1 },
      { ...sound, deletedAtMs: 5 },
      ...fields.flatMap((field) => values.map((value) => ({ ...sound, [field]: value }))),
      ...fields.map((left) =>
        Object.fromEntries(Object.entries(sound ?? {}).filter(([field]) => field !== left)),
      ),
      ...values,
    ];
    for (const variant of variants) {
      expect([variant, isVaultAccount(variant)]).toEqual([variant, VaultAccount.safeParse(variant).success]);
    }
  });
});

describe('the sealed file', () => {
  test('opens to what was written, and shows nothing of it', () => {
    const bytes = codec.serialize(readVaultDocument(golden2));
    expect(codec.parse(bytes)).toEqual(golden2);
    const text = Buffer.from(bytes).toString('latin1');
    for (const { secret, issuer } of golden2.accounts) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(issuer);
    }
  });

  test('two writes of the same document differ', () => {
    const [first, second] = [emptyVaultDocument(), emptyVaultDocument()].map(codec.serialize);
    expect(first).not.toEqual(second);
  });

  test('another key: the vault is not ours to open, and not damaged', () => {
    const other = vaultCodec({ id: 'vault-other', bytes: new Uint8Array(32).fill(8) });
    expect(failureOf(() => other.parse(goldenFile))).toMatchObject({
      code: 'key-unavailable',
      details: { reason: 'other-key' },
    });
  });

  test('a flipped bit anywhere in what is sealed is damage', () => {
    const start = `TWOFOLD-VAULT 1\n${key.id}\n`.length;
    for (const offset of [start, start + 5, start + 40, goldenFile.length - 1]) {
      const bytes = Buffer.from(goldenFile);
      bytes.writeUInt8(bytes.readUInt8(offset) ^ 1, offset);
      expect(failureOf(() => codec.parse(bytes))).toBeInstanceOf(SealBroken);
    }
  });

  test.each([0, 10, 16, 20, 40, 100])('cut after %i bytes is damage', (length) => {
    const failure = failureOf(() => codec.parse(goldenFile.subarray(0, length)));
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(TwofoldError);
  });

  test('sealed bytes of another place are not accepted', () => {
    const foreign = seal(key, 'console', Buffer.from(JSON.stringify(golden1)));
    const bytes = Buffer.concat([Buffer.from(`TWOFOLD-VAULT 1\n${key.id}\n`), foreign]);
    expect(failureOf(() => codec.parse(bytes))).toBeInstanceOf(SealBroken);
  });
});
