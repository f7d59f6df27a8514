// What is kept of the clock's checks, and how a new one is added to it: bounded, in the order of time. Pure.
import { z } from 'zod';
import {
  ClockCheck,
  ClockEvent,
  type ClockSourceResult,
  SOURCE_RECENT_CHECKS,
  SourceHealth,
} from '../../src-shared/contract/clock.ts';
import { samplesOf } from './drift.ts';
import { falsetickers } from './falsetickers.ts';
import type { ClockFinding } from './monitor.ts';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** A month of hourly checks is 720; the rest is for those asked for, and after sleep. */
const MOST_CHECKS = 2_000;
const MOST_EVENTS = 500;
/** Twice what the settings can hold: those taken out go once as many others were asked. */
const MOST_SOURCES = 32;

/** How far the user was told that the clock is off. */
export const ToldLevel = z.enum(['right', 'hint', 'warning']);
export type ToldLevel = z.infer<typeof ToldLevel>;

export const HistoryDocument = z.strictObject({
  checks: z.array(ClockCheck).max(MOST_CHECKS),
  events: z.array(ClockEvent).max(MOST_EVENTS),
  /** Those asked last come last. */
  sources: z.array(SourceHealth).max(MOST_SOURCES),
  told: ToldLevel,
});
export type HistoryDocument = z.infer<typeof HistoryDocument>;

export const emptyHistory = (): HistoryDocument => ({ checks: [], events: [], sources: [], told: 'right' });

/** When the latest check found the real time; null where none has. */
export const lastKnownMs = ({ checks }: HistoryDocument): number | null =>
  checks.findLast(({ found }) => found !== null)?.atMs ?? null;

const byTime = (a: { readonly atMs: number }, b: { readonly atMs: number }): number => a.atMs - b.atMs;

/**
 * Of entries whose time may be that of a wrong clock: none later than real time, which is known now, and none too old.
 * Without a known time (null) all stay as they are.
 */
function inTime<E extends { readonly atMs: number }>(entries: readonly E[], knownMs: number | null): E[] {
  if (knownMs === null) return [...entries];
  return entries
    .filter(({ atMs }) => atMs > knownMs - KEPT_MS)
    .map((entry) => ({ ...entry, atMs: Math.min(entry.atMs, knownMs) }))
    .sort(byTime);
}

function withOutcomes(
  kept: readonly SourceHealth[],
  results: readonly ClockSourceResult[],
): readonly SourceHealth[] {
  const samples = samplesOf(results);
  const liars = new Set([...falsetickers(samples)].map(({ source }) => source));
  const isSame = (one: { source: string; kind: string }, other: { source: string; kind: string }): boolean =>
    one.source === other.source && one.kind === other.kind;
  const asked = results.map(({ source, kind, outcome }): SourceHealth => {
    const answer = liars.has(source) ? 'disagreed' : 'answered';
    const before = kept.find((health) => isSame(health, { source, kind }))?.recent ?? [];
    const recent = [...before, outcome.kind === 'failed' ? 'failed' : answer] as const;
    return { source, kind, recent: recent.slice(-SOURCE_RECENT_CHECKS) };
  });
  const others = kept.filter((health) => !asked.some((one) => isSame(one, health)));
  return [...others, ...asked].slice(-MOST_SOURCES);
}

/** The history with what a check found. */
export function withFinding(
  document: HistoryDocument,
  { check, events, sources }: ClockFinding,
): HistoryDocument {
  const knownMs = check === null || check.found === null ? null : check.atMs;
  const checks = check === null ? document.checks : [...document.checks, check];
  return {
    ...document,
    checks: inTime(checks, knownMs).slice(-MOST_CHECKS),
    events: inTime([...document.events, ...events], knownMs).slice(-MOST_EVENTS),
    sources: [...withOutcomes(document.sources, sources)],
  };
}
