// The axes of the plot: values at the left, times below, and the lines from which on a drift is told.
import type { ReactNode } from 'react';
import { DRIFT_HINT_MS, DRIFT_WARNING_MS } from '../../../src-shared/contract/index.ts';
import { timeOfDay, whenWords } from '../console/time-words.ts';
import type { Scale, TimeTick } from './drift-layout.ts';
import { tickWords } from './drift-words.ts';
import type { PlotFrame } from './plot-frame.ts';

/** Right of the words that say which side is ahead. */
const THRESHOLD_WORDS_AT = 132;

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

/** The words on the plot, which lie over what is drawn. */
export function DriftAxisWords({ frame, scale }: Omit<DriftAxesProps, 'times'>): ReactNode {
  const { left, top, bottom, y } = frame;
  return (
    <>
      {thresholds
        .filter(({ valueMs }) => valueMs >= scale.from && valueMs <= scale.to)
        .map(({ valueMs, tone, words }) => (
          <text
            key={valueMs}
            className={`drift-words ${tone}`}
            x={left + THRESHOLD_WORDS_AT}
            y={y(valueMs) + (valueMs > 0 ? -5 : 14)}
          >
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
