// Writes the encrypted export of Ente Auth.
import { base64Of, jsonBytes } from '../binary-text.ts';
import { requirePassword, unwatched } from '../export-password.ts';
import type { Exporter } from '../exporter.ts';
import type { ImportedAccount } from '../imported-account.ts';
import { deriveKey } from '../key-derivation.ts';
import { writeCodeDisplay } from '../otpauth-links/code-display.ts';
import { linkOf } from '../otpauth-links/write-otpauth-links.ts';
import { KEY_BYTES, VERSION } from './encrypted-file.ts';
import { sealSecretStream, STREAM_HEADER_BYTES } from './secret-stream.ts';

const SALT_BYTES = 16;
export interface EnteCost {
  readonly memoryKiB: number;
  readonly passes: number;
}
/** Ente reads any cost from the file; its own 1 GiB takes long on small computers. */
const DEFAULT_COST: EnteCost = { memoryKiB: 64 * 1024, passes: 4 };

/** Ente parts links by commas too. */
const lineOf = ({ pinned, tags, note, ...account }: ImportedAccount): string =>
  `${linkOf({ ...account, pinned, tags, note })}&codeDisplay=${writeCodeDisplay({ pinned, tags: [...tags], note })}`.replaceAll(
    ',',
    '%2C',
  );

export const enteExporter = (cost: EnteCost = DEFAULT_COST): Exporter => ({
  format: 'ente',
  encrypted: true,
  write: async (accounts, { password, random }) => {
    const given = requirePassword(password);
    const salt = random(SALT_BYTES);
    const header = random(STREAM_HEADER_BYTES);
    const key = await deriveKey(
      { kind: 'argon2id', password: given, salt, ...cost, parallelism: 1, keyBytes: KEY_BYTES },
      unwatched(),
    );
    const sealed = sealSecretStream(key, header, Buffer.from(accounts.map(lineOf).join('\n')));
    key.fill(0);
    const content = jsonBytes({
      version: VERSION,
      kdfParams: { memLimit: cost.memoryKiB * 1024, opsLimit: cost.passes, salt: base64Of(salt) },
      encryptedData: base64Of(sealed),
      encryptionNonce: base64Of(header),
    });
    return {
      files: [{ name: 'twofold-ente-encrypted.txt', mediaType: 'application/json', content }],
      lost: [],
    };
  },
});
