// What can be written, where to, and what each needs: the choices of the export dialog.
import { type Account, ENCRYPTED_FORMATS, type ExportFormat } from '../../../src-shared/contract/index.ts';

/** Where the accounts go to. */
export type ExportKind = 'encrypted' | 'clear' | 'paper' | 'google';

/** A file of a format, or QR codes on this screen. */
export type ExportTarget = ExportFormat | 'google-screen';

export const exportKinds = [
  {
    value: 'encrypted',
    label: 'Encrypted file',
    hint: 'For safekeeping, or for another app that reads it. It has a password of its own.',
  },
  { value: 'clear', label: 'File for another app, in clear', hint: 'Only where the app reads nothing else.' },
  { value: 'paper', label: 'On paper', hint: 'A sheet with the QR code and the secret of each account.' },
  {
    value: 'google',
    label: 'Google Authenticator',
    hint: 'QR codes for its “Import accounts”, ten accounts in each.',
  },
] as const satisfies readonly { value: ExportKind; label: string; hint: string }[];

export interface TargetOption {
  readonly value: ExportTarget;
  readonly label: string;
  readonly hint: string;
}

export const exportTargets: { readonly [K in ExportKind]: readonly TargetOption[] } = {
  encrypted: [
    { value: 'twofold', label: 'Twofold', hint: 'Holds everything: tags, notes, pins and counters too.' },
    { value: 'aegis-encrypted', label: 'Aegis', hint: 'For Aegis, and for apps that read its files.' },
    { value: '2fas-encrypted', label: '2FAS', hint: 'For 2FAS on Android and iPhone.' },
    { value: 'ente', label: 'Ente Auth', hint: 'For Ente Auth.' },
    { value: 'proton-encrypted', label: 'Proton Authenticator', hint: 'For Proton Authenticator.' },
  ],
  clear: [
    {
      value: 'otpauth-links',
      label: 'otpauth links',
      hint: 'A text with one link on each line. Most apps read it.',
    },
    { value: 'aegis', label: 'Aegis', hint: 'For Aegis, and for apps that read its files.' },
    { value: '2fas', label: '2FAS', hint: 'For 2FAS on Android and iPhone.' },
    { value: 'bitwarden', label: 'Bitwarden', hint: 'For Bitwarden and Bitwarden Authenticator.' },
    { value: 'proton', label: 'Proton Authenticator', hint: 'For Proton Authenticator.' },
  ],
  paper: [
    { value: 'sheet-pdf', label: 'PDF', hint: 'To print, and to keep with other papers of worth.' },
    { value: 'sheet-html', label: 'Web page (HTML)', hint: 'To open in a browser and print from there.' },
  ],
  google: [
    {
      value: 'google-screen',
      label: 'QR codes on this screen',
      hint: 'Scan them with the phone, one after the other. No file is written.',
    },
    {
      value: 'google-migration',
      label: 'Pictures of the QR codes (PNG)',
      hint: 'The same codes as files, to be scanned later. Delete them then.',
    },
  ],
};

/** Whether a file of the target is encrypted with a password of its own. */
export const isEncrypted = (target: ExportTarget): boolean =>
  target !== 'google-screen' && ENCRYPTED_FORMATS.includes(target);

/** Which accounts go out. */
export type Selection =
  | { readonly kind: 'all' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> };

/** The accounts that a selection means, in the order of the list. */
export function selectedAccounts<A extends Pick<Account, 'id' | 'tags'>>(
  selection: Selection,
  accounts: readonly A[],
): readonly A[] {
  switch (selection.kind) {
    case 'all':
      return accounts;
    case 'tag':
      return accounts.filter(({ tags }) => tags.includes(selection.tag));
    case 'some':
      return accounts.filter(({ id }) => selection.ids.has(id));
  }
}

/** For main: null means all, whatever is added meanwhile. */
export const idsOf = (
  selection: Selection,
  accounts: readonly Pick<Account, 'id' | 'tags'>[],
): string[] | null =>
  selection.kind === 'all' ? null : selectedAccounts(selection, accounts).map(({ id }) => id);

/** Every tag once, in the order of the alphabet. */
export const tagsOf = (accounts: readonly Pick<Account, 'tags'>[]): string[] =>
  [...new Set(accounts.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b));
