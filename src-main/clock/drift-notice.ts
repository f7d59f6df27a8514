// When the user is told by a notice that the clock is off, and in which words. Pure.
import { correctionOf } from '../../src-shared/clock/correction.ts';
import {
  type ClockStatus,
  DRIFT_HINT_MS,
  DRIFT_WARNING_MS,
  type Notice,
} from '../../src-shared/contract/index.ts';
import type { ToldLevel } from './history-document.ts';

/** A drift that wavers about a threshold crosses it once: it has to fall by that much to be below it again. */
const SLACK_MS = 500;

const levels: readonly { readonly level: ToldLevel; readonly fromMs: number }[] = [
  { level: 'warning', fromMs: DRIFT_WARNING_MS },
  { level: 'hint', fromMs: DRIFT_HINT_MS },
];
const rank: Readonly<Record<ToldLevel, number>> = { right: 0, hint: 1, warning: 2 };

/** Whether `level` is worse than `other`. */
export const isWorse = (level: ToldLevel, other: ToldLevel): boolean => rank[level] > rank[other];

/** The level of that drift, where `told` was the one before. */
export function driftLevel(offsetMs: number, told: ToldLevel): ToldLevel {
  const size = Math.abs(offsetMs);
  const reached = levels.find(
    ({ level, fromMs }) => size >= (isWorse(level, told) ? fromMs : fromMs - SLACK_MS),
  );
  return reached?.level ?? 'right';
}

/** '20 s behind', '3 h ahead'. */
function offBy(offsetMs: number): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  const way = offsetMs > 0 ? 'behind' : 'ahead';
  if (seconds < 120) return `${seconds} s ${way}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min ${way}`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h ${way}` : `${Math.round(hours / 24)} days ${way}`;
}

/** What the notice says of a clock that is off, by how much it is off and whether codes go by the checked time. */
export function driftNotice(
  status: Extract<ClockStatus, { kind: 'checked' }>,
  level: 'hint' | 'warning',
  correctsClock: boolean,
): Pick<Notice, 'severity' | 'message'> {
  const happened = `This computer's clock is ${offBy(status.offsetMs)}.`;
  if (correctsClock && correctionOf(status) !== 0) {
    return {
      severity: 'info',
      message: `${happened} Codes go by the checked time, so they are right. Other programs still see the wrong time.`,
    };
  }
  return level === 'hint'
    ? {
        severity: 'attention',
        message: `${happened} Most services still accept its codes. Set the clock in the system's settings.`,
      }
    : {
        severity: 'wrong',
        message: `${happened} Services may refuse its codes. Set the clock in the system's settings, or have codes made by the checked time: the Clock room has a switch for that.`,
      };
}
