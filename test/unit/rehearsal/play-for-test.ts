// Begins a play for a test, with everything that it says of faults and events.
import { onTestFinished } from 'vitest';
import type { PolicyValues, Scenario } from '../../../src-shared/contract/index.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { Play } from '../../../src-main/rehearsal/play.ts';

export interface TestPlay {
  readonly play: Play;
  /** Real time, by which a world runs. */
  readonly real: VirtualClock;
  readonly faults: unknown[];
}

/** Ends with the test. */
export async function playForTest(scenario: Scenario, policy: PolicyValues = {}): Promise<TestPlay> {
  const real = new VirtualClock(1_800_000_000_000);
  const faults: unknown[] = [];
  const play = await Play.begin({
    scenario,
    policy,
    realClock: real,
    version: 'test',
    onEvent: () => undefined,
    onFault: (method, error) => faults.push([method, error]),
  });
  onTestFinished(() => play.dispose());
  return { play, real, faults };
}

/** The expectations that were not met, by step from 1. */
export const differences = ({ played }: Play): [step: number, expected: string, seen: string][] =>
  played.flatMap(({ step, checks }) =>
    checks
      .filter(({ isMet }) => !isMet)
      .map(({ expected, seen }): [number, string, string] => [(step ?? -1) + 1, expected, seen]),
  );
