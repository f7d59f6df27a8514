// Where a person is in a row of steps: done, now, to come.
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './step-indicator.css';

export interface StepIndicatorProps {
  readonly steps: readonly string[];
  /** The index of the step shown now; all before it are done. */
  readonly current: number;
}

export function StepIndicator({ steps, current }: StepIndicatorProps): ReactNode {
  return (
    <ol className="steps" aria-label="Steps">
      {steps.map((step, index) => {
        const state = index < current ? 'done' : index === current ? 'now' : 'to-come';
        return (
          <li key={step} className={`step ${state}`} {...(state === 'now' ? { 'aria-current': 'step' } : {})}>
            <span className="step-mark">
              {state === 'done' ? <Icon name="check" size={14} /> : index + 1}
            </span>
            <span>
              {step}
              {state === 'done' ? <span className="visually-hidden"> (done)</span> : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
