// The vectors of RFC 4226 and RFC 6238 over every engine, and the fast engine against the reference.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalCode, steamCode } from '../../../src-main/otp/code-text.ts';
import type { OtpEngine } from '../../../src-main/otp/engine.ts';
import { FastKey } from '../../../src-main/otp/fast-engine.ts';
import { otplibEngine } from '../../../src-main/otp/otplib-engine.ts';
import { schedule, stepAt } from '../../../src-main/otp/schedule.ts';
import { OtpAlgorithm } from '../../../src-shared/contract/index.ts';
import hotpVectors from '../../vectors/otp/rfc4226-appendix-d.json' with { type: 'json' };
import totpVectors from '../../vectors/otp/rfc6238-appendix-b.json' with { type: 'json' };

const fastEngine: OtpEngine = (secret, algorithm) => new FastKey(secret, algorithm);
const engines = [
  { engine: otplibEngine, name: 'otplib' },
  { engine: fastEngine, name: 'fast' },
];

describe.each(engines)('engine $name', ({ engine }) => {
  test.each(hotpVectors.vectors)('RFC 4226 appendix D, count $counter', ({ counter, value, code, steam }) => {
    const key = engine(Buffer.from(hotpVectors.secretAscii), OtpAlgorithm.parse(hotpVectors.algorithm));
    expect(key.valueAt(counter)).toBe(value);
    expect(decimalCode(key.valueAt(counter), 6)).toBe(code);
    expect(steamCode(key.valueAt(counter))).toBe(steam);
  });

  test.each(totpVectors.vectors)('RFC 6238 appendix B, $algorithm at $timeS s', (vector) => {
    const algorithm = OtpAlgorithm.parse(vector.algorithm);
    const key = engine(Buffer.from(totpVectors.secretsAscii[algorithm]), algorithm);
    const step = stepAt(vector.timeS * 1000, totpVectors.periodS);
    expect(decimalCode(key.valueAt(step), totpVectors.digits)).toBe(vector.code);
  });
});

test('the fast engine agrees with otplib on any secret, algorithm and counter', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.constantFrom(...OtpAlgorithm.options),
      fc.maxSafeNat(),
      (secret, algorithm, counter) => {
        expect(fastEngine(secret, algorithm).valueAt(counter)).toBe(
          otplibEngine(secret, algorithm).valueAt(counter),
        );
      },
    ),
  );
});

test('interleaved keys do not disturb each other', () => {
  const secrets = [Buffer.from('first secret'), Buffer.from('second secret')];
  const keys = secrets.map((secret) => new FastKey(secret, 'SHA-1'));
  const expected = secrets.map((secret) => otplibEngine(secret, 'SHA-1').valueAt(5));
  for (let round = 0; round < 3; round += 1) expect(keys.map((key) => key.valueAt(5))).toEqual(expected);
});

test('a wiped key gives no more codes', () => {
  const key = new FastKey(Buffer.from('12345678901234567890'), 'SHA-1');
  key.wipe();
  expect(() => key.valueAt(0)).toThrow();
});

test.each([
  { digits: 5, code: '00007' },
  { digits: 6, code: '000007' },
  { digits: 8, code: '00000007' },
  { digits: 10, code: '0000000007' },
])('a code of $digits digits keeps its leading zeros', ({ digits, code }) => {
  expect(decimalCode(7, digits)).toBe(code);
});

test('a step lasts from its first millisecond up to the first of the next', () => {
  expect(schedule(59_999, 30)).toEqual({ step: 1, validFromMs: 30_000, validUntilMs: 60_000 });
  expect(schedule(60_000, 30)).toEqual({ step: 2, validFromMs: 60_000, validUntilMs: 90_000 });
  expect(schedule(60_000, 45)).toEqual({ step: 1, validFromMs: 45_000, validUntilMs: 90_000 });
});
