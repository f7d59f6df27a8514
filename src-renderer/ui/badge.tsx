// A state in a word; `withShape` adds the shape that stands for its tone.
import type { ReactNode } from 'react';
import './badge.css';
import { Icon } from './icon.tsx';
import { type Tone, toneIcons } from './note.tsx';

export interface BadgeProps {
  readonly tone?: Tone;
  readonly withShape?: boolean;
  readonly children: ReactNode;
}

export function Badge({ tone = 'neutral', withShape = false, children }: BadgeProps): ReactNode {
  return (
    <span className={`badge ${tone}`}>
      {withShape ? <Icon name={toneIcons[tone]} size={13} /> : null}
      {children}
    </span>
  );
}
