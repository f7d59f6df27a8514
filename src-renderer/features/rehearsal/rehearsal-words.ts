// The rehearsal in words: its clock in the world's zone, how clocks are off, trust, and how the scenario stands.
import type {
  PlannedStep,
  RehearsedBrowser,
  RehearsedSheet,
  RehearsedWorld,
} from '../../../src-shared/contract/index.ts';
import type { Tone } from '../../ui/note.tsx';
import { counted } from '../console/time-words.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(key: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats.get(`${key} ${zone}`);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options });
  formats.set(`${key} ${zone}`, made);
  return made;
}

/** '09:14:30' */
export const clockTime = (atMs: number, zone: string): string =>
  format('time', zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(atMs);

/** '09:14' */
export const shortTime = (atMs: number, zone: string): string =>
  format('short', zone, { hour: '2-digit', minute: '2-digit' }).format(atMs);

/** 'Tuesday 3 Mar' */
export const dayWords = (atMs: number, zone: string): string =>
  format('day', zone, { weekday: 'long', day: 'numeric', month: 'short' }).format(atMs).replace(',', '');

/** '+ 0 s', '+ 90 s', '− 3 min', '+ 2 days': how far a clock is ahead, in the largest unit that fits. */
export function aheadWords(aheadMs: number): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const sign = aheadMs < 0 ? '−' : '+';
  const units = [
    { size: 86_400, one: ' day', many: ' days' },
    { size: 3_600, one: ' h', many: ' h' },
    { size: 60, one: ' min', many: ' min' },
  ];
  for (const { size, one, many } of units) {
    if (seconds >= 2 * size && seconds % size === 0) {
      return `${sign} ${seconds / size}${seconds === size ? one : many}`;
    }
  }
  return `${sign} ${seconds} s`;
}

/** 'not trusted', 'trusted for maria, 29 days', 'trusted for 2 people'. */
export function trustWords({ trusted }: RehearsedBrowser, nowMs: number): string {
  const inForce = trusted.filter(({ untilMs }) => untilMs > nowMs);
  const [first] = inForce;
  if (first === undefined) return 'not trusted';
  if (inForce.length > 1) return `trusted for ${inForce.length} people`;
  const leftMs = first.untilMs - nowMs;
  const left =
    leftMs >= DAY_MS
      ? counted(Math.floor(leftMs / DAY_MS), 'day')
      : leftMs >= HOUR_MS
        ? counted(Math.floor(leftMs / HOUR_MS), 'hour')
        : 'less than an hour';
  return `trusted for ${first.userName}, ${left}`;
}

export const isTrusted = ({ trusted }: RehearsedBrowser, nowMs: number): boolean =>
  trusted.some(({ untilMs }) => untilMs > nowMs);

/** Null: there is nothing to say, the world has no steps. */
export function standingOf(plan: readonly PlannedStep[]): { tone: Tone; words: string } | null {
  if (plan.length === 0) return null;
  const differing = plan.filter(({ state }) => state === 'differs').length;
  const expected = plan.filter(({ state }) => state === 'as-expected').length;
  if (differing > 0) {
    return { tone: 'wrong', words: differing === 1 ? '1 step differs' : `${differing} steps differ` };
  }
  if (expected === 0) return { tone: 'neutral', words: counted(plan.length, 'step') };
  return { tone: 'right', words: `${expected} of ${counted(plan.length, 'step')} as expected` };
}

/** 'Expected: the code is asked; not trusted.' Empty where nothing is. */
export const expectedWords = ({ expected }: PlannedStep): string =>
  expected.length === 0 ? '' : `Expected: ${expected.join('; ')}.`;

const kinds: { readonly [K in RehearsedSheet['kind']]: string } = {
  secret: 'QR code and secret',
  'recovery-codes': 'Recovery codes',
  'break-glass-codes': 'Break-glass codes',
};

/** 'QR code and secret of maria' */
export const sheetWords = ({ kind, userName }: RehearsedSheet): string =>
  userName === null ? kinds[kind] : `${kinds[kind]} of ${userName}`;

/** A name that nobody has yet: the wish itself, or with a number. */
export function freeName(wish: string, taken: readonly { readonly name: string }[]): string {
  const isTaken = (name: string): boolean => taken.some((one) => one.name === name);
  if (!isTaken(wish)) return wish;
  let number = 2;
  while (isTaken(`${wish} ${number}`)) number += 1;
  return `${wish} ${number}`;
}

/** Whether anything was done by hand: it is in no scenario, and gone with the world. */
export const hasOwnActions = ({ transcript }: RehearsedWorld): boolean =>
  transcript.some(({ step }) => step === null);

/** Of the newest line of the transcript that tells of that browser or device; 0: nothing has happened there. */
export const lastIdOf = (actor: string, { transcript }: RehearsedWorld): number =>
  transcript.findLast((line) => line.actor === actor)?.id ?? 0;
