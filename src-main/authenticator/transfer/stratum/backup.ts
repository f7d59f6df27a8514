// The backup of Stratum (once Authenticator Pro): its JSON and its two encrypted forms.
import { createDecipheriv } from 'node:crypto';
import { z } from 'zod';
import { SpareText, WholeNumber } from '../account-fields.ts';
import { decryptGcm } from '../aes-gcm.ts';
import type { Reading } from '../importer.ts';
import { jsonOfText } from '../json-text.ts';
import { deriveKey, type KeyDerivation } from '../key-derivation.ts';
import { passwordMissing, truncatedFile, wrongPassword } from '../refusal.ts';

export const Backup = z.looseObject({
  Authenticators: z.array(z.unknown()),
  Categories: z.unknown().optional(),
  AuthenticatorCategories: z.unknown().optional(),
});
export type Backup = z.infer<typeof Backup>;

export const Authenticator = z.looseObject({
  Type: z.number(),
  Icon: SpareText,
  Issuer: z.string().nullish(),
  Username: z.string().nullish(),
  Secret: z.string(),
  Algorithm: z.number().nullish(),
  Digits: WholeNumber,
  Period: WholeNumber,
  Counter: WholeNumber,
});
export type Authenticator = z.infer<typeof Authenticator>;

export const Category = z.looseObject({ Id: z.string(), Name: z.string() });
export const Membership = z.looseObject({ CategoryId: z.string(), AuthenticatorSecret: z.string() });

export type EncryptedForm = 'strong' | 'legacy';
type Fields = { readonly salt: Uint8Array; readonly nonce: Uint8Array; readonly sealed: Uint8Array };

const MAGIC_BYTES = 16;
const KEY_BYTES = 32;

interface Form {
  readonly magic: string;
  readonly saltBytes: number;
  readonly nonceBytes: number;
  readonly derivation: (password: string, salt: Uint8Array) => KeyDerivation;
  readonly isWhole: (sealed: Uint8Array) => boolean;
  readonly decrypt: (key: Uint8Array, fields: Fields) => Buffer | null;
}

const forms: Record<EncryptedForm, Form> = {
  strong: {
    magic: 'AUTHENTICATORPRO',
    saltBytes: 16,
    nonceBytes: 12,
    derivation: (password, salt) => ({
      kind: 'argon2id',
      password,
      salt,
      memoryKiB: 64 * 1024,
      passes: 3,
      parallelism: 4,
      keyBytes: KEY_BYTES,
    }),
    isWhole: (sealed) => sealed.length > 16,
    decrypt: (key, { nonce, sealed }) => decryptGcm({ key, nonce }, sealed),
  },
  legacy: {
    magic: 'AuthenticatorPro',
    saltBytes: 20,
    nonceBytes: 16,
    derivation: (password, salt) => ({
      kind: 'pbkdf2',
      hash: 'sha1',
      password,
      salt,
      iterations: 64_000,
      keyBytes: KEY_BYTES,
    }),
    isWhole: (sealed) => sealed.length > 0 && sealed.length % 16 === 0,
    decrypt: (key, { nonce, sealed }) => decryptCbc(key, nonce, sealed),
  },
};

/** Which encrypted form begins with these bytes. */
export function encryptedForm(content: Uint8Array): EncryptedForm | null {
  const magic = Buffer.from(content.subarray(0, MAGIC_BYTES)).toString('latin1');
  if (magic === forms.strong.magic) return 'strong';
  return magic === forms.legacy.magic ? 'legacy' : null;
}

/** The JSON of an encrypted backup. Throws TwofoldError `import-refused` or `cancelled`. */
export async function openBackup(
  content: Uint8Array,
  kind: EncryptedForm,
  reading: Reading,
): Promise<unknown> {
  const form = forms[kind];
  const nonceFrom = MAGIC_BYTES + form.saltBytes;
  const salt = content.subarray(MAGIC_BYTES, nonceFrom);
  const nonce = content.subarray(nonceFrom, nonceFrom + form.nonceBytes);
  const sealed = content.subarray(nonceFrom + form.nonceBytes);
  if (!form.isWhole(sealed)) throw truncatedFile();
  if (reading.password === null) throw passwordMissing();
  const key = await deriveKey(form.derivation(reading.password, salt), reading);
  const plain = form.decrypt(key, { salt, nonce, sealed });
  key.fill(0);
  // Without an authentication tag a wrong key may decrypt to something, but not to JSON.
  const json = jsonOfText(plain === null ? '' : plain.toString());
  if (plain === null || json.kind !== 'json') throw wrongPassword();
  return json.value;
}

function decryptCbc(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, iv);
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  } catch {
    return null;
  }
}
