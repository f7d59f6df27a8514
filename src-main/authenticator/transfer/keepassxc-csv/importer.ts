// Reads the CSV export of KeePassXC: the TOTP column, or the `otp` attribute of older versions.
import { accountFromFields, type ReadAccount } from '../account-fields.ts';
import { CollectedEntries, whereOf } from '../collected-entries.ts';
import { csvHeader, type CsvRow, csvRows } from '../csv.ts';
import { accountFromLinkField, type AroundLink } from '../entry-reading.ts';

import type { Importer } from '../importer.ts';
import { refuseTooLarge } from '../json-text.ts';

const secretIn = (row: CsvRow): string => {
  const column = row.get('totp')?.trim() ?? '';
  return column === '' ? (row.get('otp')?.trim() ?? '') : column;
};

const ROOT_GROUP = 'Root';

/** The group in which all others lie; as a tag it would say nothing. People rename it, and it is translated. */
function rootOf(rows: readonly CsvRow[]): string {
  const paths = rows.map((row) => (row.get('group') ?? '').split('/'));
  const [first = ROOT_GROUP, ...others] = new Set(paths.map(([top = '']) => top));
  return others.length === 0 && paths.some((path) => path.length > 1) ? first : ROOT_GROUP;
}

/** Below the root, "Root/Work/Mail" are the tags Work and Mail. */
const tagsOf = (group: string, root: string): string[] => {
  const path = group.split('/');
  return path[0] === root ? path.slice(1) : path;
};

/** The form of the KeeOtp plugin: `key=SECRET&size=6&step=30&otpHashMode=SHA256`. */
function keeOtpAccount(query: string, around: AroundLink): ReadAccount {
  const parameters = new URLSearchParams(query);
  return accountFromFields({
    ...around,
    type: 'totp',
    secret: parameters.get('key') ?? '',
    isSecretTyped: true,
    digits: parameters.get('size'),
    periodS: parameters.get('step'),
    algorithm: parameters.get('otpHashMode'),
  });
}

function accountOf(row: CsvRow, secret: string, root: string): ReadAccount {
  const userName = row.get('username') ?? '';
  const around: AroundLink = {
    issuer: row.get('title') ?? '',
    name: userName,
    tags: tagsOf(row.get('group') ?? '', root),
    note: row.get('notes'),
  };
  if (/(?:^|&)key=/iu.test(secret)) return keeOtpAccount(secret, around);
  const account = accountFromLinkField(secret, around);
  // KeePassXC writes "none" where an entry has no user name.
  return account.name === 'none' && userName.trim() === '' ? { ...account, name: '' } : account;
}

export const keePassXcImporter: Importer = {
  format: 'keepassxc-csv',
  label: 'KeePassXC (CSV)',
  detect: (content) => {
    const names = new Set(csvHeader(content).map((name) => name.toLowerCase()));
    const isKeePassXc =
      names.has('title') && names.has('username') && (names.has('totp') || names.has('otp'));
    return { kind: isKeePassXc ? 'plain' : 'no' };
  },
  read: async (content) => {
    refuseTooLarge(content);
    const rows = await Promise.resolve(csvRows(content));
    const root = rootOf(rows);
    const collected = new CollectedEntries();
    rows.forEach((row, index) => {
      const secret = secretIn(row);
      if (secret === '') collected.convert('An entry without a one-time password was passed over.');
      else {
        const where = whereOf(index, row.get('title'), row.get('username'));
        collected.add(where, () => accountOf(row, secret, root));
      }
    });
    return collected.result();
  },
};
