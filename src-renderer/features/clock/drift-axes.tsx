// The axes of the plot: values at the left, times below, and the lines from which on a drift is told.
import type { ReactNode } from 'react';
import { DRIFT_HINT_MS, DRIFT_WARNING_MS } from '../../../src-shared/contract/index.ts';
import { timeOfDay, whenWords } from '../console/time-words.ts';
import { freePlace, type Scale, type Spot, type TimeTick } from './drift-layout.ts';
import { tickWords } from './drift-words.ts';
import type { PlotFrame } from './plot-frame.ts';

/** Right of the words that say which side is ahead. */
const THRESHOLD_WORDS_AT = 132;
/** The longest of them, and how high they stand over their foot. */
const THRESHOLD_WORDS_WIDTH = 82;
const WORDS_HEIGHT = 13;

const thresholds = [
  { sizeMs: DRIFT_HINT_MS, tone: 'attention', words: '5 s: hint' },
  { sizeMs: DRIFT_WARNING_MS, tone: 'wrong', words: '15 s: warning' },
].flatMap(({ sizeMs, ...rest }) => [
  { ...rest, valueMs: sizeMs },
  { ...rest, valueMs: -sizeMs },
]);

export interface DriftAxesProps {
  readonly frame: PlotFrame;
  readonly scale: Scale;
  readonly times: readonly TimeTick[];
}

export function DriftAxes({ frame: { left, right, bottom, x, y }, scale, times }: DriftAxesProps): ReactNode {
  return (
    <>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            className={tick === 0 ? 'drift-zero' : 'drift-grid'}
            x1={left}
            x2={right}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text className="drift-label" x={left - 10} y={y(tick) + 4} textAnchor="end">
            {tickWords(tick, scale.step)}
          </text>
        </g>
      ))}
      {times.map(({ atMs, isDay }) => (
        <g key={atMs}>
          <line className="drift-grid" x1={x(atMs)} x2={x(atMs)} y1={bottom} y2={bottom + 5} />
          <text className="drift-label" x={x(atMs)} y={bottom + 20} textAnchor="middle">
            {isDay ? dayWords(atMs) : timeOfDay(atMs)}
          </text>
        </g>
      ))}
      {thresholds
        .filter(({ valueMs }) => valueMs >= scale.from && valueMs <= scale.to)
        .map(({ valueMs, tone }) => (
          <line
            key={valueMs}
            className={`drift-threshold ${tone}`}
            x1={left}
            x2={right}
            y1={y(valueMs)}
            y2={y(valueMs)}
          />
        ))}
    </>
  );
}

export interface DriftAxisWordsProps extends Omit<DriftAxesProps, 'times'> {
  /** The drawn drift, in pixels. */
  readonly lines: readonly (readonly Spot[])[];
}

/** The words on the plot, beside the drawn drift where there is a place. */
export function DriftAxisWords({ frame, scale, lines }: DriftAxisWordsProps): ReactNode {
  const { left, right, top, bottom, y } = frame;
  const beside = (foot: number): number =>
    freePlace(
      {
        from: left + THRESHOLD_WORDS_AT,
        to: right - THRESHOLD_WORDS_WIDTH,
        width: THRESHOLD_WORDS_WIDTH,
        top: foot - WORDS_HEIGHT,
        bottom: foot + 5,
      },
      lines,
    );
  return (
    <>
      {thresholds
        .filter(({ valueMs }) => valueMs >= scale.from && valueMs <= scale.to)
        .map(({ valueMs, tone, words }) => ({ tone, words, foot: y(valueMs) + (valueMs > 0 ? -5 : 14) }))
        .map(({ tone, words, foot }) => (
          <text key={foot} className={`drift-words ${tone}`} x={beside(foot)} y={foot}>
            {words}
          </text>
        ))}
      <text className="drift-words" x={left + 6} y={top + 13}>
        ahead of real time
      </text>
      <text className="drift-words" x={left + 6} y={bottom - 6}>
        behind
      </text>
    </>
  );
}

/** '17 Nov', or 'today'. */
const dayWords = (atMs: number): string => whenWords(atMs).replace(/ \d\d:\d\d$/u, '');
