// Signs that something is under way: a spinner for actions, skeleton bars for content.
import type { ReactNode } from 'react';
import './spinner.css';

/** `label` is read out, not shown; without one the spinner is decorative, and what is under way is said beside it. */
export function Spinner({
  label,
  size = 20,
}: {
  readonly label?: string;
  readonly size?: number;
}): ReactNode {
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className="spinner" width={size} height={size} viewBox="0 0 20 20" {...said}>
      <circle cx="10" cy="10" r="7.6" className="spinner-track" />
      <path d="M10 2.4a7.6 7.6 0 0 1 7.6 7.6" className="spinner-arc" />
    </svg>
  );
}

/** Grey bars in the place of content that is being fetched. */
export function Skeleton({
  rows = 3,
  height = 56,
}: {
  readonly rows?: number;
  readonly height?: number;
}): ReactNode {
  return (
    <div className="skeleton" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton-row" style={{ height }} />
      ))}
    </div>
  );
}
