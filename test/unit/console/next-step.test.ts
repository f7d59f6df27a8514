// The sign-in function over ALL combinations of its facts: the table of console-rules.md, "Sign-in, as states".
import { describe, expect, test } from 'vitest';
import { type NextStep, nextStep, type SignInFacts } from '../../../src-main/console/next-step.ts';

const truths = [false, true];
const factors = ['none', 'pending', 'set-up', 'blocked'] as const;

const combinations: SignInFacts[] = truths.flatMap((active) =>
  truths.flatMap((passwordLocked) =>
    truths.flatMap((oneTimePasswordExpired) =>
      truths.flatMap((mustChangePassword) =>
        truths.flatMap((twoFactorOn) =>
          truths.flatMap((isServiceAccount) =>
            factors.flatMap((factor) =>
              truths.flatMap((trustedBrowser) =>
                truths.map((codeLocked) => ({
                  active,
                  passwordLocked,
                  oneTimePasswordExpired,
                  mustChangePassword,
                  twoFactorOn,
                  isServiceAccount,
                  factor,
                  trustedBrowser,
                  codeLocked,
                })),
              ),
            ),
          ),
        ),
      ),
    ),
  ),
);

type Row = readonly [pattern: Partial<SignInFacts>, expected: NextStep];

/** The first row that fits decides. Written as data, apart from the function's own conditions. */
const table: readonly Row[] = [
  [{ active: false }, 'refused'],
  [{ passwordLocked: true }, 'refused'],
  [{ oneTimePasswordExpired: true }, 'refused'],
  [{ mustChangePassword: true }, 'change-password'],
  [{ twoFactorOn: false }, 'signed-in'],
  [{ isServiceAccount: true }, 'signed-in'],
  [{ factor: 'none' }, 'set-up'],
  [{ factor: 'pending' }, 'set-up'],
  [{ factor: 'blocked' }, 'blocked'],
  [{ trustedBrowser: true }, 'signed-in'],
  [{ factor: 'set-up' }, 'code'],
];

const fits = (facts: SignInFacts, pattern: Partial<SignInFacts>): boolean => {
  const merged: SignInFacts = { ...facts, ...pattern };
  return JSON.stringify(merged) === JSON.stringify(facts);
};

describe('nextStep', () => {
  test('the table has all 1,024 combinations', () => {
    expect(new Set(combinations.map((facts) => JSON.stringify(facts))).size).toBe(1024);
  });

  test.each(table.map(([pattern, expected]) => ({ pattern, expected })))(
    '$expected for $pattern, where no earlier row decides',
    ({ pattern, expected }) => {
      const index = table.findIndex(([other]) => other === pattern);
      const decided = combinations.filter(
        (facts) => fits(facts, pattern) && !table.slice(0, index).some(([earlier]) => fits(facts, earlier)),
      );
      expect(decided.length).toBeGreaterThan(0);
      expect(new Set(decided.map((facts) => nextStep(facts).next))).toEqual(new Set([expected]));
    },
  );

  test('every combination is decided by some row and has its reasons in sentences', () => {
    for (const facts of combinations) {
      const { next, because } = nextStep(facts);
      expect(next).toBe(table.find(([pattern]) => fits(facts, pattern))?.[1]);
      expect(because.length).toBeGreaterThan(0);
      for (const reason of because) expect(reason).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('G3: with 2FA on, nobody without a factor gets in around the set-up, trusted browser or not', () => {
    const withoutFactor = combinations.filter(
      ({ twoFactorOn, isServiceAccount, factor }) => twoFactorOn && !isServiceAccount && factor !== 'set-up',
    );
    for (const facts of withoutFactor) expect(nextStep(facts).next).not.toBe('signed-in');
  });

  test('a lock of codes is named among the reasons and lets a trusted browser pass', () => {
    const facts = combinations.find(
      (one) => nextStep(one).next === 'code' && one.codeLocked && one.factor === 'set-up',
    );
    if (facts === undefined) throw new Error('No such combination.');
    expect(nextStep(facts).because.join(' ')).toContain('no code is accepted for a while');
    expect(nextStep({ ...facts, trustedBrowser: true }).next).toBe('signed-in');
  });
});
