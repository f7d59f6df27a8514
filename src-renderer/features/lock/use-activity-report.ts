// Tells main now and then that somebody is at work in this window, so that it does not lock (G17).
import { useEffect } from 'react';
import { useBridge } from '../../bridge/queries.tsx';

/** Minutes are what counts: more calls than this say nothing new. */
const REPORT_EVERY_MS = 20_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Only while there is something that locks. */
export function useActivityReport(isWanted: boolean): void {
  const bridge = useBridge();
  useEffect(() => {
    if (!isWanted) return;
    let reportedAtMs = Number.NEGATIVE_INFINITY;
    const report = (): void => {
      if (document.hidden || performance.now() - reportedAtMs < REPORT_EVERY_MS) return;
      reportedAtMs = performance.now();
      // Where nobody answers, the bridge says so by itself.
      bridge.call('app:active', {}).catch(() => undefined);
    };
    for (const sign of SIGNS) addEventListener(sign, report, { passive: true, capture: true });
    return () => {
      for (const sign of SIGNS) removeEventListener(sign, report, { capture: true });
    };
  }, [bridge, isWanted]);
}
