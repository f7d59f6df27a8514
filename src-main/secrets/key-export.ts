// The console's key as it travels to another node: wrapped with a password, by the same Argon2id as the keys at home.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import { HeldKey } from './held-keys.ts';
import { isRecordedKey, Kdf, recordOf, unwrapKey, WrappedKeyRecord, wrapKey } from './key-file.ts';
import { checkNewPassphrase, DEFAULT_KDF_COST, derivePassphraseKey, SALT_BYTES } from './passphrase.ts';
import { SealBroken, type SealingKey } from './sealing.ts';

const KeyExport = z.strictObject({
  twofold: z.literal('console key, wrapped'),
  version: z.literal(1),
  kdf: Kdf,
  ...WrappedKeyRecord.shape,
});

/** The content of the file. Throws TwofoldError `passphrase-refused` for a password that is too short. */
export async function wrapForExport(
  key: SealingKey,
  password: string,
  cost = DEFAULT_KDF_COST,
): Promise<Uint8Array> {
  checkNewPassphrase(password);
  const salt = randomBytes(SALT_BYTES);
  const wrapping = await derivePassphraseKey(password, salt, cost);
  try {
    const content: z.infer<typeof KeyExport> = {
      twofold: 'console key, wrapped',
      version: 1,
      kdf: { salt: salt.toString('base64url'), ...cost },
      ...recordOf('console', key),
      wrapped: wrapKey('console', key, wrapping),
    };
    return Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`);
  } finally {
    wrapping.fill(0);
  }
}

/** Throws TwofoldError `import-refused` for another file, `passphrase-refused` for a wrong password. */
export async function unwrapExport(content: Uint8Array, password: string): Promise<HeldKey> {
  const { kdf, id, check, wrapped } = parse(content);
  const { salt, ...cost } = kdf;
  const wrapping = await derivePassphraseKey(password, Buffer.from(salt, 'base64url'), cost);
  try {
    const bytes = unwrapKey('console', { id, check, wrapped }, wrapping);
    if (!isRecordedKey('console', { id, check }, bytes)) throw new SealBroken('Another key was wrapped.');
    return new HeldKey(id, bytes);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new TwofoldError(
      'passphrase-refused',
      'That is not the password of this file, or the file was changed. Nothing was imported.',
      { reason: 'wrong' },
    );
  } finally {
    wrapping.fill(0);
  }
}

function parse(content: Uint8Array): z.infer<typeof KeyExport> {
  try {
    return KeyExport.parse(JSON.parse(Buffer.from(content).toString('utf8')));
  } catch {
    throw new TwofoldError(
      'import-refused',
      'That is no exported key of a console. Nothing was imported. Make one with twofold console key export.',
    );
  }
}
