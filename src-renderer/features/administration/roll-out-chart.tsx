// The roll-out over time: how many people there are, and how many of them have set 2FA up. A table for who does not see it.
import type { ReactNode } from 'react';
import type { RollOutPoint } from '../../../src-shared/contract/index.ts';
import { exactTime, whenWords } from '../console/time-words.ts';

const WIDTH = 640;
const HEIGHT = 200;
/** Room for the numbers at the left and the dates below. */
const LEFT = 46;
const TOP = 10;
const BOTTOM = 26;
const RIGHT = 10;

export interface RollOutChartProps {
  readonly curve: readonly RollOutPoint[];
  readonly deadlineMs: number | null;
}

export function RollOutChart({ curve, deadlineMs }: RollOutChartProps): ReactNode {
  const startMs = curve[0]?.atMs ?? 0;
  const nowMs = curve.at(-1)?.atMs ?? 0;
  // A deadline far away would press the curve into a corner.
  const shownDeadlineMs =
    deadlineMs !== null && deadlineMs - nowMs < Math.max(2 * (nowMs - startMs), 86_400_000)
      ? deadlineMs
      : null;
  const endMs = Math.max(nowMs, shownDeadlineMs ?? nowMs);
  const most = Math.max(1, ...curve.map(({ people }) => people));
  const x = (atMs: number): number =>
    LEFT + (endMs === startMs ? 1 : (atMs - startMs) / (endMs - startMs)) * (WIDTH - LEFT - RIGHT);
  const y = (count: number): number => HEIGHT - BOTTOM - (count / most) * (HEIGHT - TOP - BOTTOM);
  const line = (of: (point: RollOutPoint) => number): string =>
    curve.map((point) => `${x(point.atMs).toFixed(1)},${y(of(point)).toFixed(1)}`).join(' ');
  const setUp = line((point) => point.setUp);
  const base = y(0).toFixed(1);
  const scale = most < 4 ? [0, most] : [0, Math.round(most / 2), most];
  return (
    <figure className="roll-out-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        {scale.map((count) => (
          <g key={count}>
            <line className="chart-grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(count)} y2={y(count)} />
            <text className="chart-label" x={LEFT - 8} y={y(count) + 4} textAnchor="end">
              {count.toLocaleString('en-GB')}
            </text>
          </g>
        ))}
        <polygon
          className="chart-area"
          points={`${x(startMs).toFixed(1)},${base} ${setUp} ${x(nowMs).toFixed(1)},${base}`}
        />
        <polyline className="chart-people" points={line((point) => point.people)} />
        <polyline className="chart-set-up" points={setUp} />
        {shownDeadlineMs === null ? null : (
          <line
            className="chart-deadline"
            x1={x(shownDeadlineMs)}
            x2={x(shownDeadlineMs)}
            y1={TOP}
            y2={base}
          />
        )}
        <text className="chart-label" x={LEFT} y={HEIGHT - 6}>
          {whenWords(startMs)}
        </text>
        <text className="chart-label" x={WIDTH - RIGHT} y={HEIGHT - 6} textAnchor="end">
          {shownDeadlineMs === null || shownDeadlineMs <= nowMs
            ? 'now'
            : `deadline ${whenWords(shownDeadlineMs)}`}
        </text>
      </svg>
      <figcaption className="roll-out-counts">
        <span>
          <span className="chart-key set-up" aria-hidden="true" />
          Set up
        </span>
        <span>
          <span className="chart-key people" aria-hidden="true" />
          People who are to set it up
        </span>
        {shownDeadlineMs === null ? null : (
          <span>
            <span className="chart-key deadline" aria-hidden="true" />
            Deadline
          </span>
        )}
      </figcaption>
      <table className="visually-hidden" aria-label="The roll-out over time">
        <thead>
          <tr>
            <th>When</th>
            <th>People</th>
            <th>Set up</th>
          </tr>
        </thead>
        <tbody>
          {curve.map((point) => (
            <tr key={point.atMs}>
              <th>{exactTime(point.atMs)}</th>
              <td>{point.people}</td>
              <td>{point.setUp}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
