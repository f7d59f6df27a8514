// What a printed sheet says of an account, in words and as the link of its QR code.
import { create } from 'qrcode';
import type { ImportedAccount } from '../imported-account.ts';
import { linkOf } from '../otpauth-links/write-otpauth-links.ts';

/** ISO/IEC 18004 wants four modules of white around a QR code; some readers fail with less. */
export const QUIET_ZONE_MODULES = 4;
export const ERROR_CORRECTION = 'M';

export const SHEET_TITLE = 'Accounts of the authenticator';
export const SHEET_WARNING =
  'Whoever has this sheet can make the codes of these accounts. Keep it in a safe place, and not as a file.';
export const NO_QR_CODE = 'Its names are too long for a QR code. Type the secret.';

export interface SheetEntry {
  readonly issuer: string;
  readonly name: string;
  readonly kind: string;
  /** Groups of four, with spaces between. */
  readonly secret: string;
  /** Null where it would not fit into a QR code. */
  readonly link: string | null;
}

export function sheetEntry(account: ImportedAccount): SheetEntry {
  const link = linkOf(account);
  return {
    issuer: account.issuer,
    name: account.name,
    kind: kindOf(account),
    secret: account.secret.match(/.{1,4}/gu)?.join(' ') ?? '',
    link: fitsQrCode(link) ? link : null,
  };
}

/** "Printed on" in a form that no country reads as another day. */
export const dateOf = (nowMs: number): string => `${new Date(nowMs).toISOString().slice(0, 10)} (UTC)`;

function kindOf({ type, algorithm, digits, periodS, counter }: ImportedAccount): string {
  if (type === 'steam') return 'Steam';
  if (type === 'totp') return `Time-based (TOTP), ${algorithm}, ${digits} digits, ${periodS} seconds`;
  return `Counter-based (HOTP), ${algorithm}, ${digits} digits, next counter ${counter ?? 0}`;
}

function fitsQrCode(link: string): boolean {
  try {
    create(link, { errorCorrectionLevel: ERROR_CORRECTION });
    return true;
  } catch {
    return false;
  }
}
