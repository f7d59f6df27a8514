// Which database the console works over, if any: from the environment, with the password from there or the keychain.
import type { PasswordStore } from '../../secrets/password-store.ts';
import type { DatabaseOptions } from './database.ts';
import { readDatabaseUrl, shownAddress, type DatabaseAddress } from './database-url.ts';

export const URL_VARIABLE = 'TWOFOLD_DATABASE_URL';
export const PASSWORD_VARIABLE = 'TWOFOLD_DATABASE_PASSWORD';

/** What the password of that database is called in the keychain. */
export const passwordName = (address: DatabaseAddress): string => `database ${shownAddress(address)}`;

/**
 * The database at that address. Its password comes from the address itself, the environment, or the keychain, in that
 * order; without any, the server may not ask for one. Throws TwofoldError `invalid-input`.
 */
export async function databaseAt(
  url: string,
  variables: Readonly<Record<string, string | undefined>>,
  passwords: PasswordStore,
): Promise<DatabaseOptions> {
  const { address, password } = readDatabaseUrl(url);
  const given = password ?? variables[PASSWORD_VARIABLE] ?? null;
  if (given !== null) return { address, password: given };
  const kept = await passwords.read(passwordName(address));
  return { address, password: kept.kind === 'found' ? kept.password : null };
}

/** The database that the environment names; null: none, and the console keeps its data in the folder. */
export async function chooseDatabase(
  variables: Readonly<Record<string, string | undefined>>,
  passwords: PasswordStore,
): Promise<DatabaseOptions | null> {
  const url = variables[URL_VARIABLE] ?? '';
  return url.trim() === '' ? null : databaseAt(url, variables, passwords);
}
