// A ring that empties towards the end of a code. The text beside it is the caller's.
import type { ReactNode } from 'react';
import './ring.css';

/** From here on the ring takes the colour of attention. */
export const LATE_MS = 10_000;

export interface RingProps {
  /** What is left, from 1 (all) to 0. */
  readonly share: number;
  readonly isLate: boolean;
  readonly size?: number;
}

const CIRCUMFERENCE = 2 * Math.PI * 12;

const clamped = (share: number): number => Math.min(1, Math.max(0, share));

/**
 * Decorative: the seconds must stand beside it as text. It moves once a second with them: a ring that glides would
 * have the whole window drawn sixty times a second, for as long as it is open.
 */
export function Ring({ share, isLate, size = 28 }: RingProps): ReactNode {
  return (
    <svg className="ring" width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <circle className="ring-track" cx="14" cy="14" r="12" />
      <circle
        className={`ring-arc${isLate ? ' late' : ''}`}
        cx="14"
        cy="14"
        r="12"
        strokeDasharray={CIRCUMFERENCE}
        strokeDashoffset={CIRCUMFERENCE * (1 - clamped(share))}
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
          strokeDasharray={`${CIRCUMFERENCE * clamped(share)} ${CIRCUMFERENCE}`}
        />
      )}
    </svg>
  );
}
