// Steps that exporters share.
import { decodeBase32 } from '../../otp/base32.ts';
import type { OtpauthAccount } from '../../otp/otpauth-uri.ts';
import type { ImportedAccount } from './imported-account.ts';

/** The account as the writer of otpauth links takes it. */
export const asOtpauthAccount = (account: ImportedAccount): OtpauthAccount => ({
  ...account,
  secret: decodeBase32(account.secret),
  counter: account.counter ?? 0,
});
