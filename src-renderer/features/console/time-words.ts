// Moments and spans in words, as the console's screens show them: local time, 24 hours.
import { nowMs as windowNowMs } from '../../bridge/window-clock.ts';
import { wallDay, wallTime, windowZone } from '../../bridge/window-zone.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { timeZone: windowZone(), ...options });

const clockTime = format({ hour: '2-digit', minute: '2-digit' });
const dayAndMonth = format({ day: 'numeric', month: 'short' });
const dayMonthYear = format({ day: 'numeric', month: 'short', year: 'numeric' });
const longDay = format({ day: 'numeric', month: 'long' });
const longDayAndYear = format({ day: 'numeric', month: 'long', year: 'numeric' });
const exact = format({ dateStyle: 'medium', timeStyle: 'medium' });

const isThisYear = (atMs: number, nowMs: number): boolean => wallTime(atMs).year === wallTime(nowMs).year;

/** '09:12' */
export const timeOfDay = (atMs: number): string => clockTime.format(atMs);

/** 'today 09:12', 'yesterday 17:40', 'tomorrow 08:00', '12 Nov' or '12 Nov 2025'; 'never' for null. */
export function whenWords(atMs: number | null, nowMs = windowNowMs()): string {
  if (atMs === null) return 'never';
  const days = wallDay(atMs) - wallDay(nowMs);
  if (days === 0) return `today ${timeOfDay(atMs)}`;
  if (days === -1) return `yesterday ${timeOfDay(atMs)}`;
  if (days === 1) return `tomorrow ${timeOfDay(atMs)}`;
  return isThisYear(atMs, nowMs) ? dayAndMonth.format(atMs) : dayMonthYear.format(atMs);
}

/** '2 November', with the year when it is another one. */
export const dateWords = (atMs: number, nowMs = windowNowMs()): string =>
  (isThisYear(atMs, nowMs) ? longDay : longDayAndYear).format(atMs);

/** The present day with its year, for paper. */
export const today = (): string => longDayAndYear.format(windowNowMs());

/** To the second, for tooltips and the audit. */
export const exactTime = (atMs: number): string => exact.format(atMs);

/** '1 user', '2 users'; `many` where the plural is irregular. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** Whole minutes until then, at least 0, rounded up. */
export const minutesUntil = (atMs: number, nowMs = windowNowMs()): number =>
  Math.max(0, Math.ceil((atMs - nowMs) / MINUTE_MS));

/** A span as a policy says it: '30 s', '20 minutes', '12 hours', '30 days'. */
export function spanWords(spanMs: number): string {
  if (spanMs >= 2 * DAY_MS && spanMs % DAY_MS === 0) return counted(spanMs / DAY_MS, 'day');
  if (spanMs >= HOUR_MS && spanMs % HOUR_MS === 0) return counted(spanMs / HOUR_MS, 'hour');
  if (spanMs >= MINUTE_MS && spanMs % MINUTE_MS === 0) return counted(spanMs / MINUTE_MS, 'minute');
  return `${Math.round(spanMs / 1000)} s`;
}

/** How a device's clock stands: "Your device's clock is 90 s behind." */
export function clockOffWords(offsetMs: number): string {
  if (offsetMs === 0) return 'Your device’s clock has been set since the console adjusted to it.';
  return `Your device’s clock is ${Math.abs(Math.round(offsetMs / 1000))} s ${offsetMs < 0 ? 'behind' : 'ahead'}.`;
}

/** What is left of a trust: '26 days left', 'ends within a day'. */
export function daysLeftWords(untilMs: number, nowMs = windowNowMs()): string {
  const days = Math.floor(Math.max(0, untilMs - nowMs) / DAY_MS);
  return days === 0 ? 'ends within a day' : `${counted(days, 'day')} left`;
}
