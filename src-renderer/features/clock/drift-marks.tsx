// The marks of what happened to the clock: a shade for the time asleep, a marker and a label for each event.
import type { ReactNode } from 'react';
import type { ClockEvent, ClockJump } from '../../../src-shared/contract/index.ts';
import { labelRows } from './drift-layout.ts';
import { jumpLabel } from './drift-words.ts';
import type { PlotFrame } from './plot-frame.ts';

export const LABEL_ROWS = 2;
export const LABEL_HEIGHT = 18;
/** An average character of the labels, in pixels. */
const CHARACTER = 6.4;
/** With more of them, as in a month of nights, their shades say enough. */
const MOST_SLEEP_LABELS = 8;

/** Whether it is marked as a pause; otherwise as a clock that was, or may have been, set. */
export const isPause = ({ kind }: ClockJump): boolean => kind === 'suspend' || kind === 'suspend-or-stop';

interface Mark {
  readonly event: ClockEvent;
  readonly x: number;
  /** Null where there is no room for it: the choice below the plot and the table say it then. */
  readonly label: { readonly text: string; readonly x: number; readonly row: number } | null;
}

/** What was set matters more than nights asleep: its labels are placed first. */
function place(events: readonly ClockEvent[], { left, right, x }: PlotFrame): Mark[] {
  const hasPauseLabels = events.filter(({ jump }) => isPause(jump)).length <= MOST_SLEEP_LABELS;
  const ordered = [...events].sort((a, b) => Number(isPause(a.jump)) - Number(isPause(b.jump)));
  const labels = ordered.map(({ atMs, jump }) => {
    const text = isPause(jump) && !hasPauseLabels ? '' : jumpLabel(jump);
    const width = text.length * CHARACTER;
    return { text, width, x: Math.min(Math.max(x(atMs), left + width / 2), right - width / 2) };
  });
  const rows = labelRows(labels, LABEL_ROWS);
  return ordered.map((event, index) => {
    const label = labels[index];
    const row = rows[index] ?? null;
    const hasLabel = label !== undefined && label.text !== '' && row !== null;
    return { event, x: x(event.atMs), label: hasLabel ? { text: label.text, x: label.x, row } : null };
  });
}

export interface DriftMarksProps {
  readonly events: readonly ClockEvent[];
  readonly frame: PlotFrame;
}

/** The time asleep, below all else. */
export function SleepShades({ events, frame: { left, top, bottom, x } }: DriftMarksProps): ReactNode {
  return events.map(({ atMs, jump }, index) => {
    if (!('forMs' in jump)) return null;
    const from = Math.max(left, x(atMs - jump.forMs));
    const width = Math.max(1, x(atMs) - from);
    return <rect key={index} className="drift-sleep" x={from} width={width} y={top} height={bottom - top} />;
  });
}

export function DriftMarks({ events, frame }: DriftMarksProps): ReactNode {
  const { top, bottom } = frame;
  const marks = place(events, frame);
  const rowY = (row: number): number => top - 8 - (LABEL_ROWS - 1 - row) * LABEL_HEIGHT;
  const toneOf = ({ event }: Mark): string => (isPause(event.jump) ? 'pause' : 'step');
  return (
    <>
      {marks.map((mark, index) => (
        <g key={index} className={`drift-mark ${toneOf(mark)}`}>
          {isPause(mark.event.jump) ? null : (
            <line x1={mark.x} x2={mark.x} y1={mark.label === null ? top : rowY(mark.label.row)} y2={bottom} />
          )}
          <path d={markPath(isPause(mark.event.jump), mark.x, top)} />
        </g>
      ))}
      {marks.map((mark, index) =>
        mark.label === null ? null : (
          <text
            key={index}
            className={`drift-words ${toneOf(mark)}`}
            x={mark.label.x}
            y={rowY(mark.label.row)}
            textAnchor="middle"
          >
            {mark.label.text}
          </text>
        ),
      )}
    </>
  );
}

/** A bar for a pause, a triangle that points at the moment for a step: told apart without the colour. */
const markPath = (isBar: boolean, x: number, y: number): string =>
  isBar ? `M${x - 4} ${y - 1}h8v3h-8z` : `M${x - 5} ${y - 4}h10l-5 8z`;
