// How far something is that takes its time, with a word on what it is.
import type { ReactNode } from 'react';
import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components';
import './progress-bar.css';

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
}

export function ProgressBar({ label, share }: ProgressBarProps): ReactNode {
  return (
    <AriaProgressBar className="progress" value={share * 100}>
      {({ percentage = 0, valueText }) => (
        <>
          <div className="progress-words">
            <Label className="wrap-anywhere">{label}</Label>
            <span className="muted tabular">{valueText}</span>
          </div>
          <div className="progress-track">
            <div className="progress-share" style={{ width: `${percentage}%` }} />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}
