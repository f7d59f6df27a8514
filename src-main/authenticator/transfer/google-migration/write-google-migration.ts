// Writes otpauth-migration links for Google Authenticator: ten accounts a QR code.
import { decodeBase32 } from '../../../otp/base32.ts';
import type { Exporter } from '../exporter.ts';
import type { ImportedAccount } from '../imported-account.ts';
import { countOf, unkept } from '../unkept.ts';
import { bytesField, varintField } from './protobuf.ts';

const ACCOUNTS_A_CODE = 10;
const VERSION = 1;
const algorithms = { 'SHA-1': 1, 'SHA-256': 2, 'SHA-512': 3 } as const;

/** Only what Google Authenticator can show: 6 or 8 digits, 30 seconds or counted. */
const isExpressible = ({ type, digits, periodS }: ImportedAccount): boolean =>
  type !== 'steam' && (digits === 6 || digits === 8) && (type === 'hotp' || periodS === 30);

/** The accounts that Google Authenticator can show, and sentences on what it cannot. */
export function splitForGoogle(accounts: readonly ImportedAccount[]): {
  kept: readonly ImportedAccount[];
  lost: readonly string[];
} {
  const kept = accounts.filter(isExpressible);
  const leftOut = accounts.length - kept.length;
  const unkeptParts = unkept(kept, ['tags', 'note', 'pinned']);
  if (leftOut === 0) return { kept, lost: unkeptParts };
  const sentence = `Google Authenticator cannot show ${countOf(leftOut)}: Steam, other periods than 30 seconds, or other lengths than 6 and 8 digits. They were left out.`;
  return { kept, lost: [sentence, ...unkeptParts] };
}

/** The texts for the QR codes, in order. `batchId` ties them together. */
export function migrationLinks(accounts: readonly ImportedAccount[], batchId: number): string[] {
  const pages = Math.ceil(accounts.length / ACCOUNTS_A_CODE);
  return Array.from({ length: pages }, (_, page) => {
    const payload = Buffer.concat([
      ...accounts
        .slice(page * ACCOUNTS_A_CODE, (page + 1) * ACCOUNTS_A_CODE)
        .map((account) => bytesField(1, entryOf(account))),
      varintField(2, VERSION),
      varintField(3, pages),
      varintField(4, page),
      varintField(5, batchId),
    ]);
    return `otpauth-migration://offline?data=${encodeURIComponent(payload.toString('base64'))}`;
  });
}

function entryOf({ type, issuer, name, secret, algorithm, digits, counter }: ImportedAccount): Buffer {
  // Readers split a name at its colon, so one that has a colon itself needs the issuer in front.
  const fullName = name.includes(':') ? `${issuer}:${name}` : name;
  return Buffer.concat([
    bytesField(1, decodeBase32(secret)),
    bytesField(2, Buffer.from(fullName)),
    bytesField(3, Buffer.from(issuer)),
    varintField(4, algorithms[algorithm]),
    varintField(5, digits === 8 ? 2 : 1),
    varintField(6, type === 'hotp' ? 1 : 2),
    ...(type === 'hotp' ? [varintField(7, counter ?? 0)] : []),
  ]);
}

export const googleMigrationExporter: Exporter = {
  format: 'google-migration',
  encrypted: false,
  write: (accounts, { random }) => {
    const { kept, lost } = splitForGoogle(accounts);
    const links = migrationLinks(kept, Buffer.from(random(4)).readInt32BE());
    const content = Buffer.from(links.map((link) => `${link}\n`).join(''));
    return Promise.resolve({
      files: [{ name: 'twofold-google-authenticator.txt', mediaType: 'text/plain', content }],
      lost,
    });
  },
};
