// What the clock means for codes, in words: whether they are accepted, and how far the clock may go before they are not.
import { correctionOf } from '../../../src-shared/clock/correction.ts';
import { codeMargin } from '../../../src-shared/clock/code-margin.ts';
import type { ClockStatus } from '../../../src-shared/contract/index.ts';
import { directionWord, spanWords } from './clock-words.ts';

export interface CodeMarginWords {
  /** "Your codes are right; margin 27 s." */
  readonly claim: string;
  /** What that goes by. */
  readonly reason: string;
}

/** Whole seconds, rounded down: a margin is never said to be more than it is. */
const marginWords = (marginMs: number): string =>
  marginMs < 1_000 ? 'less than 1 s' : `${Math.floor(marginMs / 1_000)} s`;

const VERIFIER = 'a service that accepts the code before and the one after the present one, as most do';

/** Of a checked clock. With `correctsClock`, codes go by the checked time where the clock is off beyond doubt. */
export function codeMarginWords(
  status: Extract<ClockStatus, { kind: 'checked' }>,
  correctsClock: boolean,
): CodeMarginWords {
  const correctionMs = correctsClock ? correctionOf(status) : 0;
  const margin = codeMargin({
    offsetMs: status.offsetMs - correctionMs,
    uncertaintyMs: status.uncertaintyMs,
  });
  switch (margin.kind) {
    case 'accepted': {
      const words = marginWords(margin.marginMs);
      const isRight = correctionMs !== 0 || status.verdict === 'right';
      const claim = `Your codes are ${isRight ? 'right' : 'still accepted'}; margin ${words}.`;
      const until = `before ${VERIFIER}, refuses a code shown here. A stricter one refuses sooner.`;
      if (correctionMs === 0) return { claim, reason: `The clock may go that much further ${until}` };
      const off = `${spanWords(status.offsetMs)} ${directionWord(status.offsetMs)}`;
      return {
        claim,
        reason: `They go by the checked time, as this computer is ${off}. That may be off by that much more ${until}`,
      };
    }
    case 'in-doubt':
      return {
        claim: 'Your codes may be refused: the check is too unsure to say.',
        reason: `Within that uncertainty the clock may be more than 30 s off, and then ${VERIFIER}, refuses them.`,
      };
    case 'refused-partly':
      return {
        claim: `Your codes are refused ${Math.max(1, Math.round(margin.share * 100))} % of the time.`,
        reason: `The clock is more than 30 s off, so ${VERIFIER}, refuses them ${status.offsetMs > 0 ? 'towards the end' : 'at the beginning'} of their time. A stricter one refuses them always.`,
      };
    case 'refused':
      return {
        claim: 'Your codes are refused.',
        reason: `The clock is a minute or more off. Even ${VERIFIER}, refuses them.`,
      };
  }
}
