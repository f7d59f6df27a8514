// The scenarios that come with Twofold, in the order in which the room shows them.
import type { Scenario } from '../../src-shared/contract/index.ts';
import { freePlay } from './scenarios/free-play.ts';
import { trustedBrowserAtHand } from './scenarios/trusted-browser-at-hand.ts';

export const scenarios: readonly Scenario[] = [freePlay, trustedBrowserAtHand];
