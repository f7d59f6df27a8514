// What goes on paper: hidden on screen, and the only thing printed while it is there.
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import './print-sheet.css';

export function PrintSheet({ children }: { readonly children: ReactNode }): ReactNode {
  return createPortal(
    <div className="print-sheet" aria-hidden="true">
      {children}
    </div>,
    document.body,
  );
}
