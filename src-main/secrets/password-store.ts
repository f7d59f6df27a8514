// The PasswordStore port: where passwords for other services are kept, such as that of the database. Never a file.
import { TwofoldError } from '../../src-shared/contract/index.ts';

export type PasswordReading =
  | { readonly kind: 'found'; readonly password: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface PasswordStore {
  /** Reads the password of that name. Never throws for an expected failure. */
  read(name: string): Promise<PasswordReading>;
  /** Keeps it, replacing what was there. Throws TwofoldError `key-unavailable`. */
  write(name: string, password: string): Promise<void>;
}

/** Where a host has no place for passwords. */
export const noPasswords: PasswordStore = {
  read: () => Promise.resolve({ kind: 'unavailable', reason: 'This host keeps no passwords.' }),
  write: () =>
    Promise.reject(
      new TwofoldError('key-unavailable', 'This host keeps no passwords. The password was not kept.'),
    ),
};
