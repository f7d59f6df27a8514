// The reference engine: otplib on Node's crypto. Used wherever a handful of codes is needed.
import { crypto } from '@otplib/plugin-crypto-node';
import { createGuardrails, generateSync } from 'otplib';
import type { OtpEngine } from './engine.ts';

const algorithms = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-512': 'sha512' } as const;

// otplib refuses secrets under 16 bytes, which real services hand out; the user is warned elsewhere.
const guardrails = createGuardrails({ MIN_SECRET_BYTES: 1, MAX_SECRET_BYTES: 2_048 });

/** Ten digits hold the whole 31-bit value, from which both decimal and Steam codes follow. */
const WHOLE_VALUE_DIGITS = 10;

export const otplibEngine: OtpEngine = (secret, algorithm) => ({
  valueAt: (counter) =>
    Number(
      generateSync({
        strategy: 'hotp',
        secret,
        counter,
        algorithm: algorithms[algorithm],
        digits: WHOLE_VALUE_DIGITS,
        crypto,
        guardrails,
      }),
    ),
});
