// What was done in a world, by the scenario and by hand, as a scenario that expects what was seen.
import {
  type Expectation,
  MAX_STEPS,
  type Scenario,
  SCENARIO_FORMAT,
  type ScenarioStep,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import type { Play, Played } from './play.ts';

/** What a step of the scenario expected still counts where it was met; otherwise what was seen does. */
function expectationOf({ action, step, refused, checks, view }: Played): Expectation {
  if (step !== null && action.expect !== undefined && checks.every(({ isMet }) => isMet))
    return action.expect;
  const shown = view.browsers.filter(({ name }) => 'browser' in action && action.browser === name);
  return {
    ...(refused === null ? {} : { refused: refused.code }),
    ...(refused === null || refused.reason === null ? {} : { reason: refused.reason }),
    ...(shown.length === 0
      ? {}
      : { screens: Object.fromEntries(shown.map(({ name, screen }) => [name, screen])) }),
  };
}

const stepOf = (played: Played): ScenarioStep => {
  const expect = expectationOf(played);
  const { expect: _before, ...action } = played.action;
  return Object.keys(expect).length === 0 ? action : { ...action, expect };
};

/** Throws TwofoldError `conflict` where nothing was done yet, or more than a scenario can hold. */
export function ownScenario({ scenario, played }: Play, title: string, name: string): Scenario {
  if (played.length === 0) {
    throw new TwofoldError(
      'conflict',
      'Nothing was done yet that a scenario could hold. Do something first, then save it.',
    );
  }
  if (played.length > MAX_STEPS) {
    throw new TwofoldError(
      'conflict',
      `A scenario holds at most ${MAX_STEPS} steps, and more were done here.`,
    );
  }
  return {
    format: SCENARIO_FORMAT,
    name,
    title,
    cases: [],
    story: `Kept from a rehearsal of “${scenario.title}”. Each step expects what was seen there.`,
    cast: scenario.cast,
    steps: played.map(stepOf),
  };
}
