// Reads the backup of Stratum: plain JSON, or encrypted in its present or its former way.
import type { z } from 'zod';
import type { OtpType } from '../../../otp/parameters.ts';
import { accountFromFields, type ReadAccount, refuseEntry } from '../account-fields.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach } from '../entry-reading.ts';
import type { Importer } from '../importer.ts';
import { detectJson, isFields, isList, readJson, refuseTooLarge } from '../json-text.ts';
import { damagedFile } from '../refusal.ts';
import { Authenticator, Backup, Category, encryptedForm, Membership, openBackup } from './backup.ts';

const types: ReadonlyMap<number, OtpType> = new Map([
  [1, 'hotp'],
  [2, 'totp'],
  [4, 'steam'],
]);
const algorithms = ['SHA1', 'SHA256', 'SHA512'] as const;

export const stratumImporter: Importer = {
  format: 'stratum',
  label: 'Stratum',
  detect: (content) => {
    if (encryptedForm(content) !== null) return { kind: 'encrypted' };
    return detectJson(
      content,
      (value) => ({ kind: isFields(value) && isList(value['Authenticators']) ? 'plain' : 'no' }),
      /^\s*\{\s*"Authenticators"\s*:/u,
    );
  },
  read: async (content, reading) => {
    refuseTooLarge(content);
    const form = encryptedForm(content);
    const value = form === null ? readJson(content) : await openBackup(content, form, reading);
    const backup = Backup.safeParse(value);
    if (!backup.success) throw damagedFile();
    const collected = new CollectedEntries();
    const tags = tagsBySecret(backup.data);
    addEach(collected, backup.data.Authenticators, Authenticator, ['Issuer', 'Username'], (entry) => {
      const account = accountOf(entry, tags.get(entry.Secret) ?? []);
      if (entry.Icon?.startsWith('@') === true) collected.convert('Icons are not taken over.');
      return account;
    });
    return collected.result();
  },
};

function accountOf(entry: Authenticator, tags: readonly string[]): ReadAccount {
  const type = types.get(entry.Type);
  if (type === undefined) {
    throw refuseEntry(
      'unknown-type',
      'This kind of code is unknown to Twofold. Time-based, counter-based and Steam codes can be used.',
    );
  }
  const algorithm = algorithms[entry.Algorithm ?? 0];
  if (algorithm === undefined) {
    throw refuseEntry('algorithm', 'Its hash algorithm is unknown. SHA-1, SHA-256 and SHA-512 can be used.');
  }
  return accountFromFields({
    type,
    issuer: entry.Issuer ?? '',
    name: entry.Username ?? '',
    secret: entry.Secret,
    isSecretTyped: true,
    algorithm,
    digits: entry.Digits,
    periodS: entry.Period,
    counter: entry.Counter,
    tags,
  });
}

/** Stratum knows accounts by their secret. */
function tagsBySecret(backup: Backup): ReadonlyMap<string, string[]> {
  const names = new Map(listOf(backup.Categories, Category).map(({ Id, Name }) => [Id, Name]));
  const tags = new Map<string, string[]>();
  for (const { CategoryId, AuthenticatorSecret } of listOf(backup.AuthenticatorCategories, Membership)) {
    const name = names.get(CategoryId);
    if (name === undefined) continue;
    tags.set(AuthenticatorSecret, [...(tags.get(AuthenticatorSecret) ?? []), name]);
  }
  return tags;
}

/** The items of a list that are as they should be. */
function listOf<T>(value: unknown, schema: z.ZodType<T>): T[] {
  return (isList(value) ? value : []).flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}
