// Asks before a page with unsaved changes is left for another room or tab.
import { useEffect, useState } from 'react';
import { holdRoute } from '../../app/route.ts';

export interface LeaveGuard {
  /** Where somebody wanted to go; null: nobody did. */
  readonly wanted: string | null;
  readonly stay: () => void;
  readonly leave: () => void;
}

/** While `isOn`, the page stays shown when the address changes; the address is taken back and waits to be confirmed. */
export function useLeaveGuard(isOn: boolean): LeaveGuard {
  const [wanted, setWanted] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => {
    if (!isOn || isLeaving) return undefined;
    const here = location.hash;
    const release = holdRoute();
    const listen = (): void => {
      if (location.hash === here) return;
      setWanted(location.hash);
      // Tells nobody, unlike a change of `location.hash`.
      history.replaceState(null, '', here);
    };
    addEventListener('hashchange', listen);
    return () => {
      removeEventListener('hashchange', listen);
      release();
    };
  }, [isOn, isLeaving]);
  // After the effect above has let go of the route.
  useEffect(() => {
    if (isLeaving && wanted !== null) location.hash = wanted;
  }, [isLeaving, wanted]);
  return { wanted, stay: () => setWanted(null), leave: () => setLeaving(true) };
}
