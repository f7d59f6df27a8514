// The marks of issuers for React: their drawings are loaded once, when the first account is shown.
import { useSyncExternalStore } from 'react';
import { findMark, indexMarks, type Mark } from './issuer-mark.ts';

const listeners = new Set<() => void>();
let index: ReadonlyMap<string, Mark> | undefined;
let isLoading = false;
/** What was looked up; the same issuers come again with every row that is scrolled into sight. */
const found = new Map<string, Mark | undefined>();

function load(): void {
  if (isLoading) return;
  isLoading = true;
  import('./brand-icons.ts').then(
    (marks) => {
      index = indexMarks(Object.values(marks));
      for (const listener of listeners) listener();
    },
    // Letters do as well.
    () => undefined,
  );
}

const subscribe = (listener: () => void): (() => void) => {
  load();
  listeners.add(listener);
  return () => listeners.delete(listener);
};

function look(issuer: string): Mark | undefined {
  if (index === undefined || issuer === '') return undefined;
  if (!found.has(issuer)) found.set(issuer, findMark(index, issuer));
  return found.get(issuer);
}

/** The mark of an issuer; undefined where it has none, or it is not there yet. */
export const useMark = (issuer: string): Mark | undefined =>
  useSyncExternalStore(subscribe, () => look(issuer));
