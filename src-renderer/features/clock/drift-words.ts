// The drift in words: events, single checks, ticks of the axis, and the summary of a range.
import type { ClockJump } from '../../../src-shared/contract/index.ts';
import { counted, exactTime } from '../console/time-words.ts';
import { spanWords } from './clock-words.ts';
import type { DriftMoment, DriftPoint } from './drift-layout.ts';

/** 'exact', '3 ms ahead', '1.2 s behind'. */
export const aheadWords = (aheadMs: number): string =>
  Math.abs(aheadMs) < 0.5 ? 'exact' : `${spanWords(aheadMs)} ${aheadMs > 0 ? 'ahead' : 'behind'}`;

/** A few words beside the marker. */
export function jumpLabel(jump: ClockJump): string {
  switch (jump.kind) {
    case 'step':
      return `Set ${jump.byMs > 0 ? '+' : '−'}${spanWords(jump.byMs)}`;
    case 'suspend':
      return `Asleep ${spanWords(jump.forMs)}`;
    case 'step-or-suspend':
      return `Set or asleep ${spanWords(jump.byMs)}`;
    case 'suspend-or-stop':
      return `Asleep or stopped ${spanWords(jump.forMs)}`;
  }
}

/** As in a table. */
export function jumpWords(jump: ClockJump): string {
  switch (jump.kind) {
    case 'step':
      return `Set ${jump.byMs > 0 ? 'forward' : 'back'} by ${spanWords(jump.byMs)}`;
    case 'suspend':
      return `Asleep for ${spanWords(jump.forMs)}`;
    case 'step-or-suspend':
      return `Set forward by ${spanWords(jump.byMs)}, or asleep`;
    case 'suspend-or-stop':
      return `Asleep or stopped for ${spanWords(jump.forMs)}`;
  }
}

/** What is not known of these events, in sentences; null where all is. */
export function doubtWords(jumps: readonly ClockJump[]): string | null {
  const has = (kind: ClockJump['kind']): boolean => jumps.some((jump) => jump.kind === kind);
  const set = has('step-or-suspend')
    ? ['Set or asleep: the clock went ahead, and this system does not tell which it was.']
    : [];
  const stopped = has('suspend-or-stop')
    ? ['Asleep or stopped: Twofold did not run, and this system does not tell why.']
    : [];
  const all = [...set, ...stopped];
  return all.length === 0 ? null : all.join(' ');
}

/** What stands under the plot for the chosen moment, and is read out. */
export function momentWords(moment: DriftMoment): string {
  const when = exactTime(moment.atMs);
  switch (moment.kind) {
    case 'point':
      return `${when}: ${aheadWords(moment.aheadMs)}, ± ${spanWords(moment.uncertaintyMs)}, by ${moment.source}`;
    case 'failed':
      return `${when}: no time source answered`;
    case 'event':
      return `${when}: ${jumpWords(moment.event.jump)}`;
  }
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const units = [
  { unitMs: DAY_MS, word: 'd' },
  { unitMs: HOUR_MS, word: 'h' },
  { unitMs: MINUTE_MS, word: 'min' },
  { unitMs: 1_000, word: 's' },
  { unitMs: 1, word: 'ms' },
] as const;

/** '0', '+20 ms', '−5 s', '+2 min': in the unit of the step from tick to tick, so that all are in the same. */
export function tickWords(valueMs: number, stepMs: number): string {
  if (valueMs === 0) return '0';
  const { unitMs, word } = units.find((unit) => stepMs % unit.unitMs === 0) ?? units[4];
  return `${valueMs > 0 ? '+' : '−'}${Math.abs(valueMs) / unitMs} ${word}`;
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** How the clock did in that range: '24 checks in the last day, from 12 ms behind to 3 ms ahead. Set once, asleep twice.' */
export function summaryWords(moments: readonly DriftMoment[], rangeWords: string): string {
  const points = moments.filter((moment): moment is DriftPoint => moment.kind === 'point');
  const failed = moments.filter(({ kind }) => kind === 'failed').length;
  const jumps = moments.flatMap((moment) => (moment.kind === 'event' ? [moment.event.jump.kind] : []));
  const values = points.map(({ aheadMs }) => aheadMs);
  const [low, high] = [aheadWords(Math.min(...values)), aheadWords(Math.max(...values))];
  const found =
    points.length === 0
      ? `No check with an answer in the last ${rangeWords}.`
      : `${counted(points.length, 'check')} in the last ${rangeWords}, ${low === high ? `all ${low}` : `from ${low} to ${high}`}.`;
  const count = (kind: ClockJump['kind']): number => jumps.filter((one) => one === kind).length;
  const happened = [
    { count: count('step'), words: 'set' },
    { count: count('suspend'), words: 'asleep' },
    { count: count('step-or-suspend'), words: 'set or asleep' },
    { count: count('suspend-or-stop'), words: 'asleep or stopped' },
    { count: failed, words: 'without an answer' },
  ].flatMap((one) => (one.count === 0 ? [] : [`${one.words} ${times(one.count)}`]));
  const all = happened.join(', ');
  return all === '' ? found : `${found} ${all.charAt(0).toUpperCase()}${all.slice(1)}.`;
}
