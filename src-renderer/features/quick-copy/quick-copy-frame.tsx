// What the quick-copy window does whatever it shows: Escape closes it.
import { type ReactNode, useEffect } from 'react';

const ROUTE = '#/quick-copy';

/** Whether this page is that of the quick-copy window. It never becomes another one. */
export const isQuickCopyPage = (): boolean => location.hash === ROUTE;

/** Closes the window. A browser closes only pages that a script has opened, and leaves this one. */
export function closeQuickCopy(): void {
  window.close();
}

export function QuickCopyFrame({ children }: { readonly children: ReactNode }): ReactNode {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      closeQuickCopy();
    };
    // Before the search field, which would only empty itself.
    addEventListener('keydown', listen, { capture: true });
    return () => removeEventListener('keydown', listen, { capture: true });
  }, []);
  return children;
}
