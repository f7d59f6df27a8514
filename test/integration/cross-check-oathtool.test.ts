// Issue 3: our codes are those of Debian's oathtool, for 1,000 random accounts.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { AccountCodes } from '../../src-main/authenticator/account-codes.ts';
import { vaultAccount } from '../../src-main/authenticator/new-account.ts';
import type { VaultAccount } from '../../src-main/authenticator/vault-document.ts';
import { encodeBase32 } from '../../src-main/otp/base32.ts';
import { seededRandom } from '../fakes/code-pictures.ts';

const ACCOUNTS = 1_000;
/** Codes of one account, one time step after another. */
const CODES_EACH = 3;
const MODES = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-512': 'sha512' } as const;

interface Case {
  readonly account: VaultAccount;
  /** Seconds for TOTP, the counter for HOTP. */
  readonly at: number;
}

function randomCases(): Case[] {
  const random = seededRandom(2026);
  const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  return Array.from({ length: ACCOUNTS }, (_, index) => {
    const type = whole(1, 4) === 1 ? 'hotp' : 'totp';
    const at = type === 'hotp' ? whole(0, 4_000_000_000) : whole(0, 20_000_000_000);
    const account = vaultAccount(
      {
        type,
        issuer: '',
        name: `account ${index}`,
        secret: encodeBase32(Uint8Array.from({ length: whole(1, 100) }, () => whole(0, 255))),
        algorithm: (['SHA-1', 'SHA-256', 'SHA-512'] as const)[whole(0, 2)] ?? 'SHA-1',
        digits: whole(6, 8),
        periodS: type === 'hotp' ? 0 : whole(1, 3) === 1 ? whole(1, 86_400) : 30,
        counter: type === 'hotp' ? at : null,
        tags: [],
        note: '',
        pinned: false,
      },
      0,
    );
    return { account, at };
  });
}

function ours({ account, at }: Case): string[] {
  const codes = new AccountCodes();
  if (account.type === 'hotp') {
    return Array.from({ length: CODES_EACH }, (_, index) => codes.show(account, at + index).code);
  }
  const stepMs = account.periodS * 1000;
  const shown = Array.from({ length: CODES_EACH }, (_, index) =>
    codes.at(account, at * 1000 + index * stepMs),
  );
  // What is shown as the next code is the code of the next step.
  expect(shown.slice(1).map(({ code }) => code)).toEqual(shown.slice(0, -1).map(({ nextCode }) => nextCode));
  return shown.map(({ code }) => code);
}

/** oathtool counts with SHA-1 alone. With steps of one second its TOTP at the time N is the HOTP of the counter N. */
function commandFor({ account, at }: Case): string {
  const { type, algorithm, secret, digits, periodS } = account;
  const isPlainHotp = type === 'hotp' && algorithm === 'SHA-1';
  const kind = isPlainHotp
    ? `--hotp --counter=${at}`
    : `--totp=${MODES[algorithm]} --time-step-size=${type === 'hotp' ? 1 : periodS}s --now=@${at}`;
  return `oathtool ${kind} --digits=${digits} --window=${CODES_EACH - 1} --base32 ${secret}`;
}

test('oathtool makes the same codes for 1,000 random accounts', () => {
  const cases = randomCases();
  const { stdout, stderr, status } = spawnSync('sh', ['-e'], {
    input: cases.map((each) => `${commandFor(each)}\n`).join(''),
    env: { ...process.env, TZ: 'UTC' },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const theirs = stdout.trim().split('\n');
  expect(theirs).toHaveLength(ACCOUNTS * CODES_EACH);
  const differing = cases.filter((each, index) => {
    const expected = theirs.slice(index * CODES_EACH, (index + 1) * CODES_EACH);
    return ours(each).join() !== expected.join();
  });
  expect(differing).toEqual([]);
});
