// How strong a new password is: zxcvbn's estimate and the policy's length, no rules of composition.
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as commonDictionary } from '@zxcvbn-ts/language-common';
import { dictionary as englishDictionary, translations } from '@zxcvbn-ts/language-en';
import { type PasswordStrength, type Policy, TwofoldError } from '../../src-shared/contract/index.ts';

const ACCEPTED_SCORE = 3;
/** zxcvbn's time grows with the length; beyond this the rest of a password adds nothing to a judgement. */
const MAX_JUDGED_LENGTH = 100;

let estimator: ZxcvbnFactory | null = null;

/** Building the dictionaries takes 0.2 s, so they are built when the first password is judged. */
const estimate = (password: string, about: readonly string[]) => {
  estimator ??= new ZxcvbnFactory({
    dictionary: { ...commonDictionary, ...englishDictionary },
    graphs: adjacencyGraphs,
    translations,
  });
  return estimator.check(password.slice(0, MAX_JUDGED_LENGTH), [...about]);
};

/** The words in names like `maria.keller` count one by one too. */
const wordsOf = (about: readonly string[]): string[] =>
  about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2);

/** Judges a new password. `about` are words that a guesser would try first: user name, display name, organization. */
export function passwordStrength(
  password: string,
  about: readonly string[],
  policy: Policy,
): PasswordStrength {
  const { score, feedback } = estimate(password, wordsOf(about));
  if (Array.from(password).length < policy.passwordMinLength) {
    return {
      score,
      accepted: false,
      advice: `Use at least ${policy.passwordMinLength} characters. Several unrelated words are easy to remember.`,
    };
  }
  const advice = [feedback.warning ?? '', ...feedback.suggestions]
    .filter((sentence) => sentence !== '')
    .join(' ');
  return { score, accepted: score >= ACCEPTED_SCORE, advice };
}

/** Throws TwofoldError `password-refused` for a new password that is too short or too weak. */
export function requireStrongPassword(password: string, about: readonly string[], policy: Policy): void {
  const { accepted, advice } = passwordStrength(password, about, policy);
  if (accepted) return;
  throw new TwofoldError(
    'password-refused',
    `That password is too easy to guess, so nothing was changed. ${advice === '' ? 'Add more words.' : advice}`,
    { reason: 'weak' },
  );
}
