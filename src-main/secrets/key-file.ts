// What keys.json says: how the keys are protected, and each key's public id. Never a key in clear.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { KEY_BYTES } from './key-store.ts';
import { KdfCost, SALT_BYTES } from './passphrase.ts';
import { type SealingKey, seal, unseal } from './sealing.ts';

export const KEY_NAMES = ['vault', 'console'] as const;
export type KeyName = (typeof KEY_NAMES)[number];

const CHECK_BYTES = 8;

const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,512}$/);
export const KeyRecord = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), check: base64url });
export type KeyRecord = z.infer<typeof KeyRecord>;
export const WrappedKeyRecord = z.strictObject({ ...KeyRecord.shape, wrapped: base64url });

export const Kdf = z.strictObject({
  salt: base64url.refine(
    (text) => Buffer.from(text, 'base64url').length === SALT_BYTES,
    `must be ${SALT_BYTES} bytes`,
  ),
  ...KdfCost.shape,
});

export const KeychainKeys = z.strictObject({
  protection: z.strictObject({ kind: z.literal('keychain') }),
  keys: z.strictObject({ vault: KeyRecord, console: KeyRecord }),
});
export type KeychainKeys = z.infer<typeof KeychainKeys>;

export const PassphraseKeys = z.strictObject({
  protection: z.strictObject({ kind: z.literal('passphrase'), kdf: Kdf }),
  keys: z.strictObject({
    vault: WrappedKeyRecord,
    /** `under` the vault's key where it came after the passphrase was chosen. */
    console: z.strictObject({ ...WrappedKeyRecord.shape, under: z.literal('vault').optional() }),
  }),
});
export type PassphraseKeys = z.infer<typeof PassphraseKeys>;

export const KeyFile = z.union([KeychainKeys, PassphraseKeys]);
export type KeyFile = z.infer<typeof KeyFile>;

export const isPassphraseFile = (file: KeyFile): file is PassphraseKeys =>
  file.protection.kind === 'passphrase';

/** The entry of the OS keychain that holds this key: its own for each folder of data. */
export const keychainAccount = (name: KeyName, id: string): string => `${name}-${id}`;

/** A short fingerprint of the key, by which another key is recognized. Says nothing about the key itself. */
const fingerprint = (name: KeyName, key: SealingKey): Buffer =>
  createHmac('sha256', key.bytes)
    .update(`twofold\0key check\0${name}\0${key.id}`)
    .digest()
    .subarray(0, CHECK_BYTES);

export const recordOf = (name: KeyName, key: SealingKey): KeyRecord => ({
  id: key.id,
  check: fingerprint(name, key).toString('base64url'),
});

/** Whether these bytes are the key that the record tells of. */
export function isRecordedKey(name: KeyName, record: KeyRecord, bytes: Uint8Array): boolean {
  const expected = Buffer.from(record.check, 'base64url');
  const found = fingerprint(name, { id: record.id, bytes });
  return bytes.length === KEY_BYTES && expected.length === found.length && timingSafeEqual(expected, found);
}

const wrappingKey = (bytes: Uint8Array): SealingKey => ({ id: 'passphrase', bytes });
const wrappingPlace = (name: KeyName, id: string): string => `key\0${name}\0${id}`;

/** Seals the key under the key made from the passphrase. */
export const wrapKey = (name: KeyName, key: SealingKey, passphraseKey: Uint8Array): string =>
  seal(wrappingKey(passphraseKey), wrappingPlace(name, key.id), key.bytes).toString('base64url');

/** Opens what `wrapKey` made. Throws SealBroken when the passphrase was another one. */
export const unwrapKey = (
  name: KeyName,
  record: KeyRecord & { wrapped: string },
  passphraseKey: Uint8Array,
): Buffer =>
  unseal(
    wrappingKey(passphraseKey),
    wrappingPlace(name, record.id),
    Buffer.from(record.wrapped, 'base64url'),
  );
