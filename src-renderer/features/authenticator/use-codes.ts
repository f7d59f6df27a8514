// The code book for React: one for the room, refreshed on wake and when accounts or the clock change.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { EventName } from '../../../src-shared/contract/index.ts';
import { useBridge } from '../../bridge/queries.tsx';
import { atMoment, nowMs, onClockSet } from '../../bridge/window-clock.ts';
import { CodeBook, type TimedCode } from './code-book.ts';

const renewing: ReadonlySet<EventName> = new Set(['clock:changed', 'authenticator:changed', 'app:changed']);

/** Makes the room's code book and ends it with the room. */
export function useCodeBook(): CodeBook {
  const bridge = useBridge();
  const [book] = useState(
    () =>
      new CodeBook({
        ask: (ids) => bridge.call('authenticator:codes', { ids: [...ids] }),
        nowMs,
        atMoment,
        isHidden: () => document.hidden,
      }),
  );
  useEffect(() => {
    const wake = (): void => void book.refresh();
    document.addEventListener('visibilitychange', wake);
    addEventListener('focus', wake);
    addEventListener('pageshow', wake);
    const endEvents = bridge.onEvent((event) => {
      // With the settings it may have changed which time the codes go by.
      if (renewing.has(event)) book.renew();
    });
    // It jumped: nothing says that the codes before are those of now.
    const endClock = onClockSet(() => book.renew());
    return () => {
      endClock();
      document.removeEventListener('visibilitychange', wake);
      removeEventListener('focus', wake);
      removeEventListener('pageshow', wake);
      endEvents();
      book.close();
    };
  }, [book, bridge]);
  return book;
}

/** The code of one account, or undefined until it is there. */
export const useCode = (book: CodeBook, id: string): TimedCode | undefined =>
  useSyncExternalStore(book.subscribe, () => book.get(id));

/** True while codes cannot be had. */
export const useCodesFailed = (book: CodeBook): boolean =>
  useSyncExternalStore(book.subscribe, () => book.hasFailed);

/** Real time minus this computer's, where the codes go by the checked time; otherwise 0. */
export const useCorrection = (book: CodeBook): number =>
  useSyncExternalStore(book.subscribe, () => book.correctedByMs);
