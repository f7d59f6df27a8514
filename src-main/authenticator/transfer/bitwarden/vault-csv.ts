// The CSV of Bitwarden's vault.
import { CollectedEntries, whereOf } from '../collected-entries.ts';
import { csvHeader, type CsvRow, csvRows } from '../csv.ts';
import { accountFromLinkField } from '../entry-reading.ts';
import type { ImportResult } from '../imported-account.ts';

/** The authenticator app's CSV has no user names. */
export function isVaultCsv(content: Uint8Array): boolean {
  const names = csvHeader(content);
  return names.includes('login_totp') && names.includes('login_username');
}

/** One folder; of an organization there are collections, several with commas between them. */
const placesOf = (row: CsvRow): readonly string[] => {
  const folder = row.get('folder');
  return folder === undefined ? (row.get('collections') ?? '').split(',') : [folder];
};

/** Throws TwofoldError `import-refused`. */
export function readVaultCsv(content: Uint8Array): ImportResult {
  const collected = new CollectedEntries();
  csvRows(content).forEach((row, index) => {
    const totp = row.get('login_totp')?.trim() ?? '';
    if (totp === '') {
      collected.convert('An item without an authenticator key was passed over.');
      return;
    }
    const issuer = row.get('name') ?? '';
    const name = row.get('login_username') ?? '';
    collected.add(whereOf(index, issuer, name), () =>
      accountFromLinkField(totp, {
        issuer,
        name,
        note: row.get('notes'),
        pinned: row.get('favorite') === '1',
        tags: placesOf(row),
      }),
    );
  });
  return collected.result();
}
