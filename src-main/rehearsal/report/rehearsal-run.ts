// What was played, as every report reads it: scenarios with their steps in order, and what was done by hand between them.
import type {
  ExpectationCheck,
  Policy,
  Scenario,
  TranscriptLine,
} from '../../../src-shared/contract/index.ts';
import { actionWords } from '../action-words.ts';
import { expectationWords } from '../judge.ts';
import { namesOf } from '../names-of.ts';
import type { Play, Played } from '../play.ts';

export interface PlayedScenario {
  readonly scenario: Scenario;
  /** In force in its world. */
  readonly policy: Policy;
  readonly played: readonly Played[];
  readonly lines: readonly TranscriptLine[];
  /** What playing it took, in real time; null: it was played step by step by somebody. */
  readonly spentMs: number | null;
}

export interface RehearsalRun {
  /** Of the program. */
  readonly version: string;
  /** Of the run; a scenario may bring values of its own. */
  readonly policy: Policy;
  /** When it was played, in real time. */
  readonly ranAtMs: number;
  readonly scenarios: readonly PlayedScenario[];
}

export const playedScenario = (play: Play, spentMs: number | null): PlayedScenario => ({
  scenario: play.scenario,
  policy: play.policy,
  played: [...play.played],
  lines: [...play.lines],
  spentMs,
});

/** `by-hand`: there are no steps that could expect anything. */
export type Result = 'as-expected' | 'differs' | 'not-finished' | 'by-hand';

export const resultWords: Readonly<Record<Result, string>> = {
  'as-expected': 'as expected',
  differs: 'differs',
  'not-finished': 'not played to its end',
  'by-hand': 'played by hand',
};

export const differs = ({ checks }: Pick<Played, 'checks'>): boolean => checks.some(({ isMet }) => !isMet);

export function resultOf({ scenario, played }: PlayedScenario): Result {
  if (played.some(differs)) return 'differs';
  if (scenario.steps.length === 0) return 'by-hand';
  const steps = played.filter(({ step }) => step !== null);
  return steps.length < scenario.steps.length ? 'not-finished' : 'as-expected';
}

/** An expectation that was not met, with the step (from 0) that had it. */
export interface Difference extends Pick<ExpectationCheck, 'expected' | 'seen'> {
  readonly step: number;
  readonly sentence: string;
}

export const differencesOf = ({ played }: PlayedScenario): Difference[] =>
  played.flatMap(({ step, sentence, checks }) =>
    checks.flatMap(({ isMet, expected, seen }) =>
      isMet || step === null ? [] : [{ step, sentence, expected, seen }],
    ),
  );

/** Zone of the clocks of that story. */
export const zoneOf = ({ scenario }: PlayedScenario): string => scenario.cast.zone ?? 'UTC';

/** 1 → '1 step'. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** '3 of 4 scenarios as expected', the headline of every report. */
export function headline({ scenarios }: RehearsalRun): string {
  const [only, ...others] = scenarios;
  if (only !== undefined && others.length === 0) return resultWords[resultOf(only)];
  const right = scenarios.filter((played) => resultOf(played) === 'as-expected').length;
  return `${right} of ${counted(scenarios.length, 'scenario')} as expected`;
}

export type Chapter =
  | {
      readonly kind: 'step';
      readonly step: number;
      readonly played: Played;
      readonly lines: readonly TranscriptLine[];
    }
  | {
      readonly kind: 'by-hand';
      readonly played: readonly Played[];
      readonly lines: readonly TranscriptLine[];
    }
  | {
      readonly kind: 'to-come';
      readonly step: number;
      readonly sentence: string;
      readonly expected: readonly string[];
    };

/** The whole of a scenario in the order of its time: what was played with its lines, then the steps that are left. */
export function chaptersOf({ scenario, played, lines }: PlayedScenario): Chapter[] {
  const chapters: Chapter[] = [];
  const nameOf = namesOf(scenario.cast);
  let byHand: Played[] = [];
  let told = 0;
  let steps = 0;
  const endByHand = (own: readonly TranscriptLine[]): void => {
    if (byHand.length > 0 || own.length > 0) chapters.push({ kind: 'by-hand', played: byHand, lines: own });
    byHand = [];
  };
  for (const one of played) {
    const { step } = one;
    if (step === null) {
      byHand.push(one);
      continue;
    }
    const first = lines.findIndex((line) => line.step === step);
    const end = first === -1 ? told + silentCount(lines.slice(told), byHand.at(-1)) : first;
    endByHand(lines.slice(told, end));
    const last = lines.findLastIndex((line) => line.step === step);
    chapters.push({ kind: 'step', step, played: one, lines: lines.filter((line) => line.step === step) });
    told = Math.max(end, last + 1);
    steps = step + 1;
  }
  endByHand(lines.slice(told));
  const left = scenario.steps.slice(steps).map((action, index): Chapter => {
    const expected = expectationWords(action.expect ?? {}, nameOf);
    return { kind: 'to-come', step: steps + index, sentence: actionWords(action, nameOf), expected };
  });
  return [...chapters, ...left];
}

/** How many of the next lines belong to what was done by hand before a step that is told by no line of its own. */
function silentCount(lines: readonly TranscriptLine[], last: Played | undefined): number {
  if (last === undefined) return 0;
  const end = lines.findIndex(({ step, atMs }) => step !== null || atMs > last.atMs);
  return end === -1 ? lines.length : end;
}
