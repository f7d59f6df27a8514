// What a page may ask of the machine, as a plain table. Free of electron.
import { isOwnAddress } from '../own-origin.ts';

/** Allowed for the main frame of our own origin. Whatever is not named here is denied. */
const allowedToOwnPage: ReadonlySet<string> = new Set([
  // Writing text to the clipboard after a click: "Copy secret".
  'clipboard-sanitized-write',
]);

export interface PermissionQuestion {
  /** Electron's name of the permission. */
  readonly permission: string;
  /** The address or origin of whoever asks; empty where it is not known. */
  readonly requestingUrl: string;
  readonly isMainFrame: boolean;
}

export const isPermitted = ({ permission, requestingUrl, isMainFrame }: PermissionQuestion): boolean =>
  allowedToOwnPage.has(permission) && isMainFrame && isOwnAddress(requestingUrl);
