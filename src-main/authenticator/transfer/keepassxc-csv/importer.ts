// Reads the CSV export of KeePassXC: the TOTP column, or the `otp` attribute of older versions.
import { accountFromFields } from '../account-fields.ts';
import { CollectedEntries, whereOf } from '../collected-entries.ts';
import { csvHeader, type CsvRow, csvRows } from '../csv.ts';
import { accountFromLinkField, type AroundLink } from '../entry-reading.ts';
import type { ImportedAccount } from '../imported-account.ts';
import type { Importer } from '../importer.ts';
import { refuseTooLarge } from '../json-text.ts';

/** The root of every database; as a tag it would say nothing. */
const ROOT_GROUP = 'Root';

const secretIn = (row: CsvRow): string => {
  const column = row.get('totp')?.trim() ?? '';
  return column === '' ? (row.get('otp')?.trim() ?? '') : column;
};

/** "Root/Work/Mail" are the tags Work and Mail. */
const tagsOf = (group: string): string[] => group.split('/').filter((part) => part !== ROOT_GROUP);

/** The form of the KeeOtp plugin: `key=SECRET&size=6&step=30&otpHashMode=SHA256`. */
function keeOtpAccount(query: string, around: AroundLink): ImportedAccount {
  const parameters = new URLSearchParams(query);
  return accountFromFields({
    ...around,
    type: 'totp',
    secret: parameters.get('key') ?? '',
    digits: parameters.get('size'),
    periodS: parameters.get('step'),
    algorithm: parameters.get('otpHashMode'),
  });
}

function accountOf(row: CsvRow, secret: string): ImportedAccount {
  const userName = row.get('username') ?? '';
  const around: AroundLink = {
    issuer: row.get('title') ?? '',
    name: userName,
    tags: tagsOf(row.get('group') ?? ''),
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
    const collected = new CollectedEntries();
    rows.forEach((row, index) => {
      const secret = secretIn(row);
      if (secret === '') collected.convert('An entry without a one-time password was passed over.');
      else {
        const where = whereOf(index, row.get('title'), row.get('username'));
        collected.add(where, () => accountOf(row, secret));
      }
    });
    return collected.result();
  },
};
