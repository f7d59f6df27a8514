// Which of the two dialogs that move accounts is open: adding (every way in) or export. Any room may open one.
import { useSyncExternalStore } from 'react';

/** The ways in, as the tabs of the dialog show them. */
export type Way = 'picture' | 'screen' | 'camera' | 'link' | 'manual' | 'file';

/** What came from outside without the dialog's help: dropped, pasted, or opened by the system. */
export type Incoming =
  | { readonly kind: 'files'; readonly files: readonly File[] }
  | { readonly kind: 'text'; readonly text: string }
  /** Main has read it already. */
  | { readonly kind: 'preview'; readonly previewId: string };

export type OpenTransfer =
  | { readonly kind: 'add'; readonly way: Way; readonly incoming: Incoming | null }
  | { readonly kind: 'export' };

let open: OpenTransfer | null = null;
/** Previews of main that came while a dialog was open; each has its turn. */
let waiting: readonly Incoming[] = [];
const listeners = new Set<() => void>();

function show(next: OpenTransfer | null): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Opens the dialog that adds accounts, at one of the ways in. */
export const startAdding = (way: Way = 'picture'): void => show({ kind: 'add', way, incoming: null });

/** Opens the dialog that writes accounts to files or shows them as QR codes. */
export const startExport = (): void => show({ kind: 'export' });

/** Hands something from outside to the dialog that adds accounts, and opens it where it is not open. */
export function takeIn(incoming: Incoming): void {
  if (open !== null && (open.kind === 'export' || incoming.kind === 'preview')) {
    if (incoming.kind === 'preview') waiting = [...waiting, incoming];
    return;
  }
  show({ kind: 'add', way: open?.way ?? (incoming.kind === 'text' ? 'link' : 'picture'), incoming });
}

/** Closes the dialog; the next preview that waits opens it anew. */
export function closeTransfer(): void {
  const [next, ...others] = waiting;
  waiting = others;
  show(next === undefined ? null : { kind: 'add', way: 'picture', incoming: next });
}

/** Closes everything and forgets what waits: with a lock the previews are gone. */
export function forgetTransfers(): void {
  waiting = [];
  show(null);
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useOpenTransfer = (): OpenTransfer | null => useSyncExternalStore(subscribe, () => open);
