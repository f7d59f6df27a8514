// The clock's state in words: the same ones in the rail, the room and wherever a code is refused.
import type { ClockStatus } from '../../../src-shared/contract/index.ts';
import type { Tone } from '../../ui/note.tsx';

/** 12 → '12 ms', 1_340 → '1.3 s', 95_000 → '95 s', 7_260_000 → '2 h 1 min'. Sign left out. */
export function spanWords(ms: number): string {
  const size = Math.abs(ms);
  if (size < 999.5) return `${Math.round(size)} ms`;
  if (size < 9_950) return `${(size / 1000).toFixed(1)} s`;
  const seconds = Math.round(size / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** 'behind' where real time is ahead of this computer's, as `offsetMs` is real time minus this computer's. */
export const directionWord = (offsetMs: number): 'behind' | 'ahead' => (offsetMs > 0 ? 'behind' : 'ahead');

export interface ClockWords {
  readonly tone: Tone;
  /** Short, for the rail. */
  readonly short: string;
  /** A sentence. */
  readonly title: string;
  /** What to do, or what is not known; null where nothing is to be said. */
  readonly advice: string | null;
}

const SET_IT = 'Set the clock in the system’s settings, then check again.';

export function clockWords(status: ClockStatus): ClockWords {
  if (status.kind === 'not-checked') {
    return {
      tone: 'neutral',
      short: status.checking ? 'Checking the clock' : 'Clock not checked',
      title: status.checking ? 'Asking the time servers' : 'This computer’s clock is not checked',
      advice:
        'Nobody has said yet whether this clock is right. If a code is refused although you typed it well, a wrong clock may be why.',
    };
  }
  const off = `${spanWords(status.offsetMs)} ${directionWord(status.offsetMs)}`;
  switch (status.verdict) {
    case 'right':
      return {
        tone: 'right',
        short: `Clock right, ± ${spanWords(status.uncertaintyMs)}`,
        title: 'This computer’s clock is right',
        advice: null,
      };
    case 'hint':
      return {
        tone: 'attention',
        short: `Clock ${off}`,
        title: `This computer’s clock is ${off}`,
        advice: SET_IT,
      };
    case 'warning':
      return {
        tone: 'wrong',
        short: `Clock ${off}`,
        title: `This computer’s clock is ${off}`,
        advice: SET_IT,
      };
  }
}
