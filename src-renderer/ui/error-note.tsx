// Says what went wrong, where it went wrong, with a way to try again.
import type { ReactNode } from 'react';
import { failureMessage } from '../bridge/failure.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import './note.css';

export interface ErrorNoteProps {
  /** What a call threw, or the sentence itself. */
  readonly error: unknown;
  readonly onRetry?: () => void;
}

export function ErrorNote({ error, onRetry }: ErrorNoteProps): ReactNode {
  return (
    <div className="note wrong" role="alert">
      <Icon name="wrong" size={17} />
      <p className="note-words wrap-anywhere">{failureMessage(error)}</p>
      {onRetry === undefined ? null : (
        <Button size="small" onPress={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
