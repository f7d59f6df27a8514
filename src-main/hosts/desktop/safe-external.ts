// The only door out of the app: opens an address of the table in the user's browser, and refuses every other.
import { shell } from 'electron';
import { externalLink } from './external-links.ts';

export function openExternally(address: string): void {
  const link = externalLink(address);
  // A failure to find a browser concerns the link alone, not the app.
  if (link !== null) shell.openExternal(link).catch(() => undefined);
}
