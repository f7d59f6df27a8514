// Writes the QR codes that move accounts to Google Authenticator: ten accounts each, fewer where their names are long.
import { toBuffer } from 'qrcode';
import { decodeBase32 } from '../../../otp/base32.ts';
import type { ExportedFile, Exporter } from '../exporter.ts';
import type { ImportedAccount } from '../imported-account.ts';
import { countOf, unkept } from '../unkept.ts';
import { bytesField, varintField } from './protobuf.ts';

const ACCOUNTS_A_CODE = 10;
const VERSION = 1;
/** What a QR code of version 40 holds at correction level M. */
const MAX_LINK_CHARACTERS = 2_331;
/** Denser codes are hard to scan from a screen: of several accounts each code holds fewer then. */
const COMFORTABLE_LINK_CHARACTERS = 1_500;
/** More codes than this make no number longer. */
const MOST_PAGES = 2 ** 14 - 1;

const ERROR_CORRECTION = 'M';
/** ISO/IEC 18004 wants four modules of white around a QR code. */
const QUIET_ZONE_MODULES = 4;
const PIXELS_A_MODULE = 6;
const algorithms = { 'SHA-1': 1, 'SHA-256': 2, 'SHA-512': 3 } as const;

/** Only what Google Authenticator can show: 6 or 8 digits, 30 seconds or counted, and what fits into one QR code. */
const isExpressible = (account: ImportedAccount): boolean => {
  const { type, digits, periodS } = account;
  const isShown = type !== 'steam' && (digits === 6 || digits === 8) && (type === 'hotp' || periodS === 30);
  return isShown && longestLink([account]).length <= MAX_LINK_CHARACTERS;
};

/** The accounts that Google Authenticator can show, and sentences on what it cannot. */
export function splitForGoogle(accounts: readonly ImportedAccount[]): {
  kept: readonly ImportedAccount[];
  lost: readonly string[];
} {
  const kept = accounts.filter(isExpressible);
  const leftOut = accounts.length - kept.length;
  const unkeptParts = unkept(kept, ['tags', 'note', 'pinned']);
  if (leftOut === 0) return { kept, lost: unkeptParts };
  const sentence = `Google Authenticator cannot show ${countOf(leftOut)}: Steam, other periods than 30 seconds, other lengths than 6 and 8 digits, or names too long for a QR code. They were left out.`;
  return { kept, lost: [sentence, ...unkeptParts] };
}

/** The texts for the QR codes, in order. `batchId` ties them together. Takes what `splitForGoogle` kept. */
export function migrationLinks(accounts: readonly ImportedAccount[], batchId: number): string[] {
  const pages = pagesOf(accounts);
  return pages.map((page, index) => linkOf(page, pages.length, index, batchId));
}

/** Ten accounts a page, fewer where the link would become too long. */
function pagesOf(accounts: readonly ImportedAccount[]): ImportedAccount[][] {
  const pages: ImportedAccount[][] = [];
  for (const account of accounts) {
    const last = pages.at(-1);
    const fits =
      last !== undefined &&
      last.length < ACCOUNTS_A_CODE &&
      longestLink([...last, account]).length <= COMFORTABLE_LINK_CHARACTERS;
    if (fits) last.push(account);
    else pages.push([account]);
  }
  return pages;
}

/** The link of these accounts with the longest numbers that there can be. */
const longestLink = (accounts: readonly ImportedAccount[]): string =>
  linkOf(accounts, MOST_PAGES, MOST_PAGES, -1);

function linkOf(accounts: readonly ImportedAccount[], pages: number, page: number, batchId: number): string {
  const payload = Buffer.concat([
    ...accounts.map((account) => bytesField(1, entryOf(account))),
    varintField(2, VERSION),
    varintField(3, pages),
    varintField(4, page),
    varintField(5, batchId),
  ]);
  return `otpauth-migration://offline?data=${encodeURIComponent(payload.toString('base64'))}`;
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
  write: async (accounts, { random }) => {
    const { kept, lost } = splitForGoogle(accounts);
    const links = migrationLinks(kept, Buffer.from(random(4)).readInt32BE());
    const files: ExportedFile[] = [];
    for (const [index, link] of links.entries()) {
      const content = await toBuffer(link, {
        type: 'png',
        scale: PIXELS_A_MODULE,
        margin: QUIET_ZONE_MODULES,
        errorCorrectionLevel: ERROR_CORRECTION,
      });
      const name = `twofold-google-${index + 1}-of-${links.length}.png`;
      files.push({ name, mediaType: 'image/png', content });
    }
    return { files, lost };
  },
};
