// Passwords: Argon2id, the bound on hashes at once, strength, one-time passwords.
import { describe, expect, test } from 'vitest';
import { newOneTimePassword } from '../../../src-main/console/one-time-password.ts';
import { passwordStrength } from '../../../src-main/console/password-strength.ts';
import { createArgon2Hasher } from '../../../src-main/console/passwords.ts';
import { defaultPolicy } from '../../../src-main/console/policy.ts';

describe('the Argon2id hasher', () => {
  const hasher = createArgon2Hasher();

  test('uses Argon2id with 19 MiB, two passes and one lane, and a salt of its own each time', async () => {
    const [one, two] = [await hasher.hash('glass otter'), await hasher.hash('glass otter')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await hasher.verify(one, 'glass otter')).toBe(true);
    expect(await hasher.verify(one, 'glass 0tter')).toBe(false);
  });

  test('a password is the same however the keyboard composed its letters', async () => {
    expect(await hasher.verify(await hasher.hash('Zo\u00eb 1234567'), 'Zoe\u0308 1234567')).toBe(true);
  });

  test('S15: against nothing it works as long as against a hash, and answers false', async () => {
    const hash = await hasher.hash('glass otter');
    await hasher.verify(null, 'warm up');
    // The quickest of several, taken in turns, so that a busy machine does not decide.
    const quickestMs = { nothing: Infinity, hash: Infinity };
    for (let round = 0; round < 8; round += 1) {
      for (const [name, against] of [['nothing', null] as const, ['hash', hash] as const]) {
        const startedMs = performance.now();
        expect(await hasher.verify(against, 'glass 0tter')).toBe(false);
        quickestMs[name] = Math.min(quickestMs[name], performance.now() - startedMs);
      }
    }
    expect(quickestMs.nothing / quickestMs.hash).toBeGreaterThan(0.2);
    expect(quickestMs.nothing / quickestMs.hash).toBeLessThan(5);
    expect(await hasher.verify(null, '')).toBe(false);
  });

  test('a flood beyond the bound is turned away, and all others are answered', async () => {
    const small = createArgon2Hasher({ maxWaiting: 20 });
    const hash = await small.hash('glass otter');
    const answers = await Promise.allSettled(Array.from({ length: 60 }, () => small.verify(hash, 'x')));
    const turnedAway = answers.filter(({ status }) => status === 'rejected');
    expect(turnedAway.length).toBeGreaterThanOrEqual(60 - 20 - 4);
    expect(turnedAway.length).toBeLessThan(60 - 20);
    expect(await small.verify(hash, 'glass otter')).toBe(true);
  });
});

describe('strength', () => {
  const about = ['maria.keller', 'Maria Keller', 'Northwind'];

  test.each([
    ['', false],
    ['Xk4-pQ9m', false],
    ['password1234', false],
    ['maria.keller', false],
    ['Northwind2026', false],
    ['aaaaaaaaaaaaaaaa', false],
    ['qwertyuiop', false],
    ['glass otter 42 lantern', true],
    ['vT9#kq2Lw!x4', true],
  ])('%j is accepted: %j', (password, accepted) => {
    expect(passwordStrength(password, about, defaultPolicy).accepted).toBe(accepted);
  });

  test('says what to do about a short one', () => {
    expect(passwordStrength('short', about, defaultPolicy).advice).toContain('at least 9 characters');
  });

  test('judges a very long one by its first 100 characters, so that a megabyte costs no minutes', () => {
    const long = 'a1'.repeat(512);
    expect(passwordStrength(long, about, defaultPolicy)).toEqual(
      passwordStrength(long.slice(0, 100), about, defaultPolicy),
    );
  });

  test('counts characters, not UTF-16 units', () => {
    expect(passwordStrength('🦦🦦🦦🦦🦦🦦🦦🦦', [], defaultPolicy).accepted).toBe(false);
  });
});

describe('one-time passwords', () => {
  test('are four groups of four unmistakable signs, each byte value equally often', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 16);
    const signs = new Set<string>();
    for (let byte = 0; byte < 256; byte += 1)
      signs.add(newOneTimePassword(() => new Uint8Array(16).fill(byte)).charAt(0));
    expect(signs.size).toBe(32);
    expect([...signs].join('')).not.toMatch(/[01io]/);
    expect(newOneTimePassword(() => bytes)).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  });
});
