// A note in the flow of a page: neutral, right, attention or wrong, each with its own shape.
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import './note.css';

export type Tone = 'neutral' | 'right' | 'attention' | 'wrong';

export const toneIcons: { readonly [T in Tone]: IconName } = {
  neutral: 'info',
  right: 'check',
  attention: 'warning',
  wrong: 'wrong',
};

export interface NoteProps {
  readonly tone?: Tone;
  readonly onDismiss?: () => void;
  /** Buttons at its end. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Note({ tone = 'neutral', onDismiss, actions, children }: NoteProps): ReactNode {
  return (
    <div className={`note ${tone}`} role={tone === 'wrong' ? 'alert' : 'status'}>
      <Icon name={toneIcons[tone]} size={17} />
      <div className="note-words wrap-anywhere">{children}</div>
      {actions}
      {onDismiss === undefined ? null : (
        <IconButton icon="cross" label="Dismiss" size={15} onPress={onDismiss} />
      )}
    </div>
  );
}
