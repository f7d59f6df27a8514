// A key of the keyboard, for hints.
import type { ReactNode } from 'react';
import './key-hint.css';

export function KeyHint({ children }: { readonly children: string }): ReactNode {
  return <kbd className="key-hint">{children}</kbd>;
}
