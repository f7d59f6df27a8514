// What the room says about time: that codes go by the checked time, or that they could.
import type { ReactNode } from 'react';
import { useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { directionWord, spanWords } from '../clock/clock-words.ts';
import { useSettings } from '../settings/use-settings.ts';
import type { CodeBook } from './code-book.ts';
import { useCorrection } from './use-codes.ts';

export function ClockLine({ book }: { readonly book: CodeBook }): ReactNode {
  const correctedByMs = useCorrection(book);
  const clock = useCall('clock:status', {}).data;
  const { settings, change } = useSettings();
  if (correctedByMs !== 0) {
    return (
      <p className="clock-line">
        <Icon name="clock" size={15} />
        <span>
          Codes go by checked time: this computer is {spanWords(correctedByMs)} {directionWord(correctedByMs)}
          .
        </span>
      </p>
    );
  }
  if (settings?.correctsClock !== false || clock?.kind !== 'checked' || clock.verdict === 'right')
    return null;
  return (
    <Note
      tone="attention"
      actions={
        <Button size="small" onPress={() => change({ correctsClock: true })}>
          Use checked time
        </Button>
      }
    >
      This computer is {spanWords(clock.offsetMs)} {directionWord(clock.offsetMs)}, so its codes{' '}
      {clock.verdict === 'warning' ? 'may be refused' : 'change at the wrong moment'}. Twofold can make them
      by the checked time and leave the computer’s clock alone.
    </Note>
  );
}
