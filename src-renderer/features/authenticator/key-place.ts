// Whom a key in the authenticator's room belongs to: a row, the search field, the room itself, or somebody else.

/** By class: messages at the foot of the window are dialogs too, and must not take the keys away. */
const isSomethingOpen = (): boolean => document.querySelector('.dialog, .popover') !== null;

/** Null where the key belongs to another field, a button, a menu or a dialog, or writes a composed letter. */
export function keyPlace(event: KeyboardEvent): 'row' | 'search' | 'page' | null {
  const target = event.target;
  if (!(target instanceof HTMLElement) || event.isComposing || isSomethingOpen()) return null;
  if (target.getAttribute('role') === 'row') return 'row';
  if (target.matches('[data-room-search]')) return 'search';
  return target === document.body ? 'page' : null;
}
