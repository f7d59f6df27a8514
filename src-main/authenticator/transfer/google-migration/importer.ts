// Reads the export of Google Authenticator: the links of its QR codes, one on each line, in any order.
import { accountFromFields, type ReadAccount, refuseEntry } from '../account-fields.ts';
import { checkEntryCount, CollectedEntries, whereOf } from '../collected-entries.ts';
import type { ImportResult } from '../imported-account.ts';
import type { Importer } from '../importer.ts';
import { refuseTooLarge, textOf } from '../json-text.ts';
import { MAX_FILE_BYTES } from '../limits.ts';
import { damagedFile, sentenceOf, tooNewFile, truncatedFile } from '../refusal.ts';
import {
  dataOfLink,
  type MigrationEntry,
  type MigrationPayload,
  readMigrationPayload,
} from './migration-payload.ts';
import { ProtobufBroken, ProtobufCutShort } from './protobuf.ts';

const NEWEST_VERSION = 2;
/** Google writes ten entries a code; more codes than this are no export. */
const MAX_BATCH_SIZE = 2_000;
const MAX_MISSING_NAMED = 50;

const algorithms = ['SHA1', 'SHA1', 'SHA256', 'SHA512'] as const;

export const googleMigrationImporter: Importer = {
  format: 'google-migration',
  label: 'Google Authenticator',
  detect: (content) => {
    const text = content.byteLength > MAX_FILE_BYTES ? null : textOf(content);
    const begins = text !== null && /^[\s,]*otpauth-migration:\/\//iu.test(text.slice(0, 1000));
    return { kind: begins ? 'plain' : 'no' };
  },
  read: async (content) => {
    refuseTooLarge(content);
    const text = await Promise.resolve(textOf(content));
    if (text === null) throw damagedFile();
    return readMigrationLinks(text.split(/\s+|,(?=otpauth)/u).filter((line) => line !== ''));
  },
};

/**
 * Reads the links of one or more exports; names the QR codes that are missing. Throws TwofoldError `import-refused` when
 * not one can be read.
 */
export function readMigrationLinks(links: readonly string[]): ImportResult {
  const collected = new CollectedEntries();
  const payloads: MigrationPayload[] = [];
  const faults: Error[] = [];
  // The same code scanned twice is one code.
  [...new Set(links)].forEach((link, index) => {
    const found = payloadOf(link);
    if (found instanceof Error) {
      faults.push(found);
      collected.leaveOut(`QR code ${index + 1}`, sentenceOf(found));
    } else payloads.push(found);
  });
  const [fault] = faults;
  if (payloads.length === 0 && fault !== undefined) throw fault;

  const entries = payloads.flatMap((payload) => payload.entries);
  checkEntryCount(entries.length);
  entries.forEach((entry, index) =>
    collected.add(whereOf(index, entry.issuer, entry.name), () => accountOf(entry)),
  );
  for (const missing of missingCodes(payloads)) {
    collected.leaveOut(
      missing,
      'This QR code of the export is missing. Scan it too, or its accounts stay behind.',
    );
  }
  return collected.result();
}

function payloadOf(link: string): MigrationPayload | Error {
  const data = dataOfLink(link);
  if (data === null) return damagedFile();
  try {
    const payload = readMigrationPayload(data);
    if (payload.version > NEWEST_VERSION) return tooNewFile('Google Authenticator', payload.version);
    return payload.batchSize > MAX_BATCH_SIZE ? damagedFile() : payload;
  } catch (error) {
    if (error instanceof ProtobufCutShort) return truncatedFile();
    if (error instanceof ProtobufBroken) return damagedFile();
    throw error;
  }
}

function accountOf(entry: MigrationEntry): ReadAccount {
  const algorithm = algorithms[entry.algorithm];
  if (algorithm === undefined) {
    throw refuseEntry('algorithm', 'Its hash algorithm is unknown. SHA-1, SHA-256 and SHA-512 can be used.');
  }
  if (entry.digits < 0 || entry.digits > 2) throw refuseEntry('digits', 'Its codes have an unknown length.');
  if (entry.type < 0 || entry.type > 2) throw refuseEntry('unknown-type', 'It is of an unknown kind.');
  return accountFromFields({
    type: entry.type === 1 ? 'hotp' : 'totp',
    ...labelOf(entry),
    secret: entry.secret,
    algorithm,
    digits: entry.digits === 2 ? 8 : 6,
    counter: Number(entry.counter),
  });
}

/** The name often repeats the issuer in front, and always where the issuer is empty. */
function labelOf({ issuer, name }: MigrationEntry): { issuer: string; name: string } {
  if (issuer !== '') {
    return { issuer, name: name.startsWith(`${issuer}:`) ? name.slice(issuer.length + 1) : name };
  }
  const colon = name.indexOf(':');
  return colon < 0 ? { issuer, name } : { issuer: name.slice(0, colon), name: name.slice(colon + 1) };
}

/** Batches are told apart by size too: newer versions write no batch id. */
function missingCodes(payloads: readonly MigrationPayload[]): string[] {
  const batches = Map.groupBy(payloads, ({ batchId, batchSize }) => `${batchId}/${batchSize}`);
  return [...batches.values()].flatMap((batch) => {
    const size = batch[0]?.batchSize ?? 0;
    const present = new Set(batch.map(({ batchIndex }) => batchIndex));
    return Array.from({ length: Math.max(size, 0) }, (_, index) => index)
      .filter((index) => !present.has(index))
      .slice(0, MAX_MISSING_NAMED)
      .map((index) => `QR code ${index + 1} of ${size}`);
  });
}
