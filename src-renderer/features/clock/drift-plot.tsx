// The drift over time with its band of uncertainty, drawn by hand: one line and a few marks need no library.
import { type PointerEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { DriftAxes, DriftAxisWords } from './drift-axes.tsx';
import {
  type DriftMoment,
  type DriftPoint,
  driftScale,
  nearestMoment,
  segmentsOf,
  timeTicks,
} from './drift-layout.ts';
import { DriftMarks, isPause, LABEL_HEIGHT, LABEL_ROWS, SleepShades } from './drift-marks.tsx';
import { momentWords } from './drift-words.ts';
import type { PlotFrame } from './plot-frame.ts';

const LEFT = 68;
const RIGHT = 18;
const ABOVE = 14;
const PLOT_HEIGHT = 210;
const BELOW = 28;
/** Pixels from one time below the plot to the next, at least. */
const TICK_EVERY = 84;
/** With more checks than that the line alone is drawn. */
const MOST_DOTS = 60;

export interface DriftPlotProps {
  readonly moments: readonly DriftMoment[];
  readonly fromMs: number;
  readonly untilMs: number;
  /** Read out in place of the picture. */
  readonly summary: string;
}

/** Pointing, and the arrow keys, choose a check or an event; what it was stands below. */
export function DriftPlot({ moments, fromMs, untilMs, summary }: DriftPlotProps): ReactNode {
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure);
  const [chosen, setChosen] = useState<number | null>(null);
  const index = Math.min(chosen ?? moments.length - 1, moments.length - 1);
  const moment = moments[index];

  const events = moments.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
  const points = moments.filter((one): one is DriftPoint => one.kind === 'point');
  const scale = driftScale(points);
  const [left, right] = [LEFT, width - RIGHT];
  const top = ABOVE + (events.length === 0 ? 0 : LABEL_ROWS * LABEL_HEIGHT);
  const bottom = top + PLOT_HEIGHT;
  const frame: PlotFrame = {
    left,
    right,
    top,
    bottom,
    x: (atMs) => left + ((atMs - fromMs) / (untilMs - fromMs)) * (right - left),
    y: (aheadMs) => bottom - ((aheadMs - scale.from) / (scale.to - scale.from)) * PLOT_HEIGHT,
  };
  const segments = segmentsOf(moments);
  const lines = segments.map((segment) =>
    segment.map(({ atMs, aheadMs }) => ({ x: frame.x(atMs), y: frame.y(aheadMs) })),
  );
  const times = timeTicks(fromMs, untilMs, (right - left) / TICK_EVERY);

  const point = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>): void => {
    const at = clientX - currentTarget.getBoundingClientRect().left;
    setChosen(nearestMoment(moments, fromMs + ((at - left) / (right - left)) * (untilMs - fromMs)));
  };

  return (
    <figure className="drift" ref={figure}>
      <svg
        width={width}
        height={bottom + BELOW}
        role="img"
        aria-label={summary}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setChosen(null)}
      >
        <SleepShades events={events} frame={frame} />
        <DriftAxes frame={frame} scale={scale} times={times} />
        {segments.map((segment, order) => (
          <Segment key={order} segment={segment} frame={frame} hasDots={points.length <= MOST_DOTS} />
        ))}
        <DriftMarks events={events} frame={frame} />
        <DriftAxisWords frame={frame} scale={scale} lines={lines} />
        {moment === undefined ? null : <Chosen moment={moment} frame={frame} hasLine={chosen !== null} />}
      </svg>
      <input
        type="range"
        className="visually-hidden"
        aria-label="Checks and events, one after another"
        aria-valuetext={moment === undefined ? '' : momentWords(moment)}
        min={0}
        max={Math.max(0, moments.length - 1)}
        value={index}
        onChange={({ target }) => setChosen(target.valueAsNumber)}
        onBlur={() => setChosen(null)}
      />
      <figcaption className="drift-caption">
        <p className="drift-moment tabular">{moment === undefined ? null : momentWords(moment)}</p>
        <Legend hasPauses={events.some(({ jump }) => isPause(jump))} />
      </figcaption>
    </figure>
  );
}

interface ChosenProps {
  readonly moment: DriftMoment;
  readonly frame: PlotFrame;
  readonly hasLine: boolean;
}

function Chosen({ moment, frame: { top, bottom, x, y }, hasLine }: ChosenProps): ReactNode {
  const at = x(moment.atMs);
  return (
    <g className="drift-chosen">
      {hasLine || moment.kind !== 'point' ? <line x1={at} x2={at} y1={top} y2={bottom} /> : null}
      {moment.kind === 'point' ? <circle cx={at} cy={y(moment.aheadMs)} r={5} /> : null}
    </g>
  );
}

const Legend = ({ hasPauses }: { readonly hasPauses: boolean }): ReactNode => (
  <ul className="drift-legend" aria-hidden="true">
    <li>
      <span className="drift-key drawn" />
      Drift
    </li>
    <li>
      <span className="drift-key band" />
      Sure to within
    </li>
    {hasPauses ? (
      <li>
        <span className="drift-key pause" />
        Asleep
      </li>
    ) : null}
  </ul>
);

interface SegmentProps {
  readonly segment: readonly DriftPoint[];
  readonly frame: PlotFrame;
  readonly hasDots: boolean;
}

/** Checks that are joined, with the band of their uncertainty; one alone with a bar of it. */
function Segment({ segment, frame: { x, y }, hasDots }: SegmentProps): ReactNode {
  const at = ({ atMs }: DriftPoint, valueMs: number): string =>
    `${x(atMs).toFixed(1)},${y(valueMs).toFixed(1)}`;
  const upper = segment.map((one) => at(one, one.aheadMs + one.uncertaintyMs));
  const lower = segment.map((one) => at(one, one.aheadMs - one.uncertaintyMs)).reverse();
  const [only, ...others] = segment;
  return (
    <g>
      {only !== undefined && others.length === 0 ? (
        <line
          className="drift-alone"
          x1={x(only.atMs)}
          x2={x(only.atMs)}
          y1={y(only.aheadMs - only.uncertaintyMs)}
          y2={y(only.aheadMs + only.uncertaintyMs)}
        />
      ) : (
        <>
          <polygon className="drift-band" points={[...upper, ...lower].join(' ')} />
          <polyline className="drift-line" points={segment.map((one) => at(one, one.aheadMs)).join(' ')} />
        </>
      )}
      {hasDots || others.length === 0
        ? segment.map((one, order) => (
            <circle key={order} className="drift-dot" cx={x(one.atMs)} cy={y(one.aheadMs)} r={2.5} />
          ))
        : null}
    </g>
  );
}

/** The width of the element in whole pixels, so that the plot is drawn as large as it is shown. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(640);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = (): void => setWidth(Math.max(240, Math.floor(current.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
