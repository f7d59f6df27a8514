// Asks before a page with unsaved changes is left for another room or tab.
import { useEffect, useState } from 'react';

export interface LeaveGuard {
  /** Where somebody wanted to go; null: nobody did. */
  readonly wanted: string | null;
  readonly stay: () => void;
  readonly leave: () => void;
}

/** While `isOn`, an address that the hash changes to is taken back before any page follows it, and waits to be confirmed. */
export function useLeaveGuard(isOn: boolean): LeaveGuard {
  const [wanted, setWanted] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => {
    if (!isOn || isLeaving) return undefined;
    const here = location.hash;
    const listen = (event: HashChangeEvent): void => {
      if (location.hash === here) return;
      event.stopImmediatePropagation();
      setWanted(location.hash);
      // Tells nobody, unlike a change of `location.hash`.
      history.replaceState(null, '', here);
    };
    // Before the listeners of the pages themselves.
    addEventListener('hashchange', listen, { capture: true });
    return () => removeEventListener('hashchange', listen, { capture: true });
  }, [isOn, isLeaving]);
  useEffect(() => {
    if (isLeaving && wanted !== null) location.hash = wanted;
  }, [isLeaving, wanted]);
  return { wanted, stay: () => setWanted(null), leave: () => setLeaving(true) };
}
