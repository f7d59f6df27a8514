// The key from a passphrase: Argon2id with the cost that stands beside it.
import { argon2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { DEFAULT_KDF_COST, derivePassphraseKey, KdfCost } from '../../../src-main/secrets/passphrase.ts';

const SALT = Buffer.from('0123456789abcdef');

test('it is Argon2id: the same bytes as from the implementation in Node', async () => {
  const cost = { memoryKiB: 64, passes: 3, parallelism: 2 };
  const expected = argon2Sync('argon2id', {
    message: Buffer.from('correct horse'),
    nonce: SALT,
    parallelism: cost.parallelism,
    tagLength: 32,
    memory: cost.memoryKiB,
    passes: cost.passes,
  });
  expect(Buffer.from(await derivePassphraseKey('correct horse', SALT, cost)).equals(expected)).toBe(true);
});

test('a new passphrase costs 64 MiB and three passes', () => {
  expect(DEFAULT_KDF_COST).toEqual({ memoryKiB: 65_536, passes: 3, parallelism: 1 });
  expect(KdfCost.safeParse(DEFAULT_KDF_COST).success).toBe(true);
});

test.each([
  { memoryKiB: 2 ** 31, passes: 3, parallelism: 1 },
  { memoryKiB: 65_536, passes: 1_000, parallelism: 1 },
  { memoryKiB: 65_536, passes: 3, parallelism: 200 },
  { memoryKiB: 0, passes: 3, parallelism: 1 },
])('a cost of %j in a file is refused', (cost) => {
  expect(KdfCost.safeParse(cost).success).toBe(false);
});
