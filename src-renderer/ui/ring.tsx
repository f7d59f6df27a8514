// A ring that empties towards the end of a code. CSS moves it; the text beside it is the caller's.
import type { ReactNode } from 'react';
import './ring.css';

/** From here on the ring takes the colour of attention. */
export const LATE_MS = 10_000;

export interface RingProps {
  /** The whole span. */
  readonly periodMs: number;
  /** What is left of it when the ring appears. Give a new `key` to start anew. */
  readonly leftMs: number;
  readonly size?: number;
}

const CIRCUMFERENCE = 2 * Math.PI * 12;

/** Decorative: the seconds must stand beside it as text. */
export function Ring({ periodMs, leftMs, size = 28 }: RingProps): ReactNode {
  return (
    <svg className="ring" width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <circle className="ring-track" cx="14" cy="14" r="12" />
      <circle
        className="ring-arc"
        cx="14"
        cy="14"
        r="12"
        strokeDasharray={CIRCUMFERENCE}
        style={{
          animationDuration: `${periodMs}ms, 1ms`,
          animationDelay: `${leftMs - periodMs}ms, ${leftMs - LATE_MS}ms`,
        }}
      />
    </svg>
  );
}

/** A still ring that shows how much of a whole is done, for instance of a roll-out. Decorative as well. */
export function ShareRing({
  share,
  size = 56,
}: {
  readonly share: number;
  readonly size?: number;
}): ReactNode {
  return (
    <svg className="ring share" width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <circle className="ring-track" cx="14" cy="14" r="12" />
      {/* A round cap would draw a dot for nothing. */}
      {share <= 0 ? null : (
        <circle
          className="ring-share"
          cx="14"
          cy="14"
          r="12"
          strokeDasharray={`${CIRCUMFERENCE * Math.min(1, Math.max(0, share))} ${CIRCUMFERENCE}`}
        />
      )}
    </svg>
  );
}
