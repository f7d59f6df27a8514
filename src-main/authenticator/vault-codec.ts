// The bytes of the vault file: a readable header that names the key, and the whole document sealed under it.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { seal, type SealingKey, unseal } from '../secrets/sealing.ts';
import { readVaultDocument, type VaultDocument } from './vault-document.ts';

const MAGIC = Buffer.from('TWOFOLD-VAULT 1\n');
const PLACE = 'vault';
const LINE_FEED = 0x0a;

/** How a durable file reads and writes a document. */
export interface VaultCodec {
  readonly parse: (bytes: Uint8Array) => VaultDocument;
  readonly serialize: (document: VaultDocument) => Uint8Array;
}

/**
 * The codec for vaults sealed under `key`. `parse` throws TwofoldError for a file that is in order but not for us now
 * (`key-unavailable`: another key; `storage-failed`: a newer version), and another error for a damaged one.
 */
export function vaultCodec(key: SealingKey): VaultCodec {
  const header = Buffer.concat([MAGIC, Buffer.from(`${key.id}\n`)]);
  return {
    parse(bytes) {
      const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (!file.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('This is no vault file.');
      const end = file.indexOf(LINE_FEED, MAGIC.length);
      if (end < 0) throw new Error('The header of the vault file is cut short.');
      const plain = openSealed(key, file.toString('utf8', MAGIC.length, end), file.subarray(end + 1));
      try {
        const value: unknown = JSON.parse(plain.toString('utf8'));
        return readVaultDocument(value);
      } finally {
        plain.fill(0);
      }
    },
    serialize(document) {
      const plain = Buffer.from(JSON.stringify(document));
      try {
        return Buffer.concat([header, seal(key, PLACE, plain)]);
      } finally {
        plain.fill(0);
      }
    },
  };
}

/** Tells a vault of another key from a damaged one. The header only explains a failure: it is not authenticated. */
function openSealed(key: SealingKey, keyId: string, sealed: Uint8Array): Buffer {
  try {
    return unseal(key, PLACE, sealed);
  } catch (error) {
    if (keyId === key.id) throw error;
    throw new TwofoldError(
      'key-unavailable',
      'The vault was sealed with another key than the one at hand. It was left as it is. Bring back the keychain or the passphrase that belongs to it.',
      { reason: 'other-key' },
      error,
    );
  }
}
