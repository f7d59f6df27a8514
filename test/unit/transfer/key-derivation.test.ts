// Keys from passwords: published vectors, limits, progress, and cancelling.
import { describe, expect, test } from 'vitest';
import { deriveKey, type KeyDerivation } from '../../../src-main/authenticator/transfer/key-derivation.ts';
import { containing, reading, refusal } from './foreign-file.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const salt = Buffer.from('saltsaltsaltsalt');

describe('published vectors', () => {
  test('scrypt, RFC 7914 §12', async () => {
    const key = await deriveKey(
      {
        kind: 'scrypt',
        password: 'password',
        salt: Buffer.from('NaCl'),
        cost: 1024,
        blockSize: 8,
        parallelism: 16,
        keyBytes: 64,
      },
      reading(),
    );
    expect(hex(key)).toMatch(/^fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162/u);
  });
  test('PBKDF2-HMAC-SHA-1, RFC 6070', async () => {
    const key = await deriveKey(
      {
        kind: 'pbkdf2',
        hash: 'sha1',
        password: 'password',
        salt: Buffer.from('salt'),
        iterations: 4096,
        keyBytes: 20,
      },
      reading(),
    );
    expect(hex(key)).toBe('4b007901b765489abead49d926f721d065a429c1');
  });
  test('Argon2id, as the reference implementation has it', async () => {
    const key = await deriveKey(
      {
        kind: 'argon2id',
        password: 'password',
        salt: Buffer.from('somesalt'),
        memoryKiB: 65_536,
        passes: 2,
        parallelism: 1,
        keyBytes: 32,
      },
      reading(),
    );
    expect(hex(key)).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
  });
});

describe('limits', () => {
  const argon: KeyDerivation = {
    kind: 'argon2id',
    password: 'x',
    salt,
    memoryKiB: 8,
    passes: 1,
    parallelism: 1,
    keyBytes: 32,
  };
  const pbkdf2: KeyDerivation = {
    kind: 'pbkdf2',
    hash: 'sha256',
    password: 'x',
    salt,
    iterations: 1,
    keyBytes: 32,
  };
  const cases: readonly (readonly [KeyDerivation, string, string])[] = [
    [{ ...argon, memoryKiB: 2 * 1024 * 1024 + 1 }, 'over-limit', '2 GiB of memory'],
    [{ ...argon, passes: 65 }, 'over-limit', '64 passes'],
    [{ ...argon, memoryKiB: 1024, parallelism: 65 }, 'over-limit', '64 lanes'],
    [{ ...argon, memoryKiB: 7 }, 'damaged', 'damaged'],
    [{ ...pbkdf2, iterations: 10_000_001 }, 'over-limit', '10,000,000 iterations'],
    [{ ...pbkdf2, iterations: Number.NaN }, 'damaged', 'damaged'],
    [{ ...pbkdf2, iterations: 1e300 }, 'damaged', 'damaged'],
    [{ ...pbkdf2, iterations: 0 }, 'damaged', 'damaged'],
  ];

  test.each(cases)('%#', async (derivation, reason, named) => {
    expect(await refusal(deriveKey(derivation, reading()))).toMatchObject({
      reason,
      message: containing(named),
    });
  });
});

describe('cancelling', () => {
  const long: KeyDerivation = {
    kind: 'argon2id',
    password: 'x',
    salt,
    memoryKiB: 256 * 1024,
    passes: 64,
    parallelism: 1,
    keyBytes: 32,
  };

  test('before it starts', async () => {
    expect(await refusal(deriveKey(long, reading(null, AbortSignal.abort())))).toMatchObject({
      code: 'cancelled',
    });
  });
  test('while it runs, at once', async () => {
    const cancelling = new AbortController();
    const shares: number[] = [];
    const work = deriveKey(long, {
      signal: cancelling.signal,
      onProgress: (share) => {
        shares.push(share);
        if (share > 0) cancelling.abort();
      },
    });
    expect(await refusal(work)).toMatchObject({ code: 'cancelled' });
    expect(shares[0]).toBe(0);
    expect(shares).not.toContain(1);
  });
});
