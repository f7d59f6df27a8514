// From what a link says or a person types to an account that the vault can hold.
import { type ManualAccount, TwofoldError } from '../../src-shared/contract/index.ts';
import { decodeBase32, encodeBase32 } from '../otp/base32.ts';
import { cleanLabel } from '../otp/label.ts';
import { type OtpauthAccount, parseOtpauthUri } from '../otp/otpauth-uri.ts';
import { RECOMMENDED_SECRET_BYTES } from '../otp/parameters.ts';
import type { VaultAccount } from './vault-document.ts';

/** An account that is not in the vault yet. */
export type NewAccount = Omit<VaultAccount, 'id' | 'createdAtMs' | 'deletedAtMs'>;

/** Reads one link. Throws TwofoldError `account-refused`, also for kinds that the authenticator cannot show yet. */
export function accountFromLink(link: string): NewAccount {
  const { type, counter: _counter, secret, ...rest } = parseOtpauthUri(link);
  if (type === 'hotp') throw counterBased();
  return { type, ...rest, secret: takeSecret(secret) };
}

/** Checks what was typed in. Throws TwofoldError `account-refused`. */
export function accountFromTyping(typed: ManualAccount): NewAccount {
  const issuer = cleanLabel(typed.issuer);
  const name = cleanLabel(typed.name);
  requireLabel(issuer, name);
  return {
    type: 'totp',
    issuer,
    name,
    algorithm: typed.algorithm,
    digits: typed.digits,
    periodS: typed.periodS,
    secret: takeSecret(decodeBase32(typed.secret)),
  };
}

/** Throws TwofoldError `account-refused` when a person leaves both blank: the account could not be told from others. */
export function requireLabel(issuer: string, name: string): void {
  if (issuer !== '' || name !== '') return;
  throw new TwofoldError(
    'account-refused',
    'Give the account an issuer or a name, so that you find it again. Nothing was changed.',
    { reason: 'label-empty' },
  );
}

/** What the user should know about an account; codes are shown all the same. */
export function warningsOf(account: Pick<VaultAccount, 'secret'>): string[] {
  const bytes = Math.floor((account.secret.length * 5) / 8);
  if (bytes >= RECOMMENDED_SECRET_BYTES) return [];
  return [
    `The secret has only ${bytes * 8} bits; 128 are the least recommended. Its codes work, but they are easier to guess.`,
  ];
}

/** The same secret under the same label is the same account. */
export const identityOf = (account: Pick<VaultAccount, 'secret' | 'issuer' | 'name'>): string =>
  JSON.stringify([account.secret, account.issuer, account.name]);

/** The secret as text, its bytes wiped. */
function takeSecret(bytes: OtpauthAccount['secret']): string {
  const text = encodeBase32(bytes);
  bytes.fill(0);
  return text;
}

const counterBased = (): TwofoldError =>
  new TwofoldError(
    'account-refused',
    'This account counts its codes (HOTP) instead of timing them. Twofold cannot keep such accounts yet.',
    { reason: 'counter-based' },
  );
