// What the tray's menu holds, as plain values. Free of electron.

export interface PinnedAccount {
  readonly id: string;
  readonly issuer: string;
  readonly name: string;
}

/** What the menu depends on. */
export interface TrayState {
  /** `elsewhere`: something must be settled in the window first, for instance a keychain that does not answer. */
  readonly keys: 'ready' | 'locked' | 'elsewhere';
  /** There is a passphrase to lock with. */
  readonly canLock: boolean;
  readonly pinned: readonly PinnedAccount[];
}

export type TrayAction =
  | { readonly kind: 'copy'; readonly id: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'lock' }
  | { readonly kind: 'quit' };

export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'action'; readonly label: string; readonly action: TrayAction };

/** Menus of the system have no scroll bar worth the name. */
export const MAX_PINNED_IN_TRAY = 20;
const MAX_LABEL_CHARACTERS = 60;
/** Control characters, ends of lines, and marks that turn the direction of writing. */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** On one line, and with `&` doubled: menus read it as a mnemonic. */
function menuLabel(words: string): string {
  const plain = words.replaceAll(UNFIT, ' ').trim();
  const characters = Array.from(plain);
  const short =
    characters.length <= MAX_LABEL_CHARACTERS
      ? plain
      : `${characters
          .slice(0, MAX_LABEL_CHARACTERS - 1)
          .join('')
          .trimEnd()}…`;
  return short.replaceAll('&', '&&');
}

function accountLabel({ issuer, name }: PinnedAccount): string {
  if (issuer === '') return menuLabel(name === '' ? 'Without a name' : name);
  return menuLabel(name === '' ? issuer : `${issuer} — ${name}`);
}

const action = (label: string, kind: Exclude<TrayAction['kind'], 'copy'>): TrayItem => ({
  kind: 'action',
  label,
  action: { kind },
});
const separator: TrayItem = { kind: 'separator' };

/** Names only, no codes: a menu stays open on the screen for anybody to read. */
export function trayMenu({ keys, canLock, pinned }: TrayState): readonly TrayItem[] {
  const quit = [separator, action('Quit', 'quit')];
  if (keys === 'locked') return [action('Unlock Twofold', 'open'), ...quit];
  if (keys === 'elsewhere') return [action('Open Twofold', 'open'), ...quit];
  const accounts = pinned.slice(0, MAX_PINNED_IN_TRAY).map((account): TrayItem => ({
    kind: 'action',
    label: accountLabel(account),
    action: { kind: 'copy', id: account.id },
  }));
  return [
    ...accounts,
    ...(accounts.length === 0 ? [] : [separator]),
    action('Open Twofold', 'open'),
    ...(canLock ? [action('Lock', 'lock')] : []),
    ...quit,
  ];
}
