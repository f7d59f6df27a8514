// Which database the console works over, if any, and where its password comes from: the environment or the keychain.
import { type PasswordStore } from '../../secrets/password-store.ts';
import type { DatabaseOptions } from './database.ts';
import { readDatabaseUrl, shownAddress, type DatabaseAddress } from './database-url.ts';

export const URL_VARIABLE = 'TWOFOLD_DATABASE_URL';
export const PASSWORD_VARIABLE = 'TWOFOLD_DATABASE_PASSWORD';

/** What the password of that database is called in the keychain. */
export const passwordName = (address: DatabaseAddress): string => `database ${shownAddress(address)}`;

export type Variables = Readonly<Record<string, string | undefined>>;

/** How the database is named: by its address and, where they were given as text, the certificates of its authority. */
export interface DatabaseName {
  readonly url: string;
  readonly authorities: string | null;
}

/**
 * The database of that name. Its password is the one given, the one in the address itself, in the environment, or in the
 * keychain, in that order; without any, the server may not ask for one. Throws TwofoldError `invalid-input`.
 */
export async function databaseAt(
  { url, authorities }: DatabaseName,
  variables: Variables,
  passwords: PasswordStore,
  password: string | null = null,
): Promise<DatabaseOptions> {
  const read = readDatabaseUrl(url);
  const { tls } = read.address;
  const address =
    tls === null || authorities === null ? read.address : { ...read.address, tls: { ...tls, authorities } };
  const given = password ?? read.password ?? variables[PASSWORD_VARIABLE] ?? null;
  if (given !== null) return { address, password: given };
  const kept = await passwords.read(passwordName(address));
  return { address, password: kept.kind === 'found' ? kept.password : null };
}

/** The address that the environment names; null: none. */
export function namedByEnvironment(variables: Variables): DatabaseName | null {
  const url = variables[URL_VARIABLE]?.trim() ?? '';
  return url === '' ? null : { url, authorities: null };
}

/** The database that the environment names; null: none, and the folder says where the console's data lie. */
export async function chooseDatabase(
  variables: Variables,
  passwords: PasswordStore,
): Promise<DatabaseOptions | null> {
  const name = namedByEnvironment(variables);
  return name === null ? null : databaseAt(name, variables, passwords);
}
