// What a file of another authenticator holds, as `twofold import --preview` shows it. Changes nothing.
import { z } from 'zod';
import { OtpAlgorithm, OtpType } from '../../../src-shared/contract/authenticator.ts';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { readPictureHeader } from '../../authenticator/qr/picture-header.ts';
import { PictureReader } from '../../authenticator/qr/picture-reader.ts';
import { unwatched } from '../../authenticator/transfer/export-password.ts';
import type { ImportedAccount, ImportResult } from '../../authenticator/transfer/imported-account.ts';
import { detectFormat } from '../../authenticator/transfer/importers.ts';
import type { Clock } from '../../clock/clock.ts';
import { cleanLabel } from '../../otp/label.ts';
import { countOf, labelOf } from './account-choice.ts';
import type { SecretSource } from './secret-source.ts';

const PreviewedAccount = z.strictObject({
  type: OtpType,
  issuer: z.string(),
  account: z.string(),
  /** Base32; only with --reveal. */
  secret: z.string().optional(),
  algorithm: OtpAlgorithm,
  digits: z.number().int(),
  /** Seconds; for accounts that are timed. */
  period: z.number().int().optional(),
  /** For accounts that are counted. */
  counter: z.number().int().optional(),
  tags: z.array(z.string()),
  note: z.string(),
  pinned: z.boolean(),
});

/** What `--preview --json` prints. */
export const ImportPreview = z.strictObject({
  format: z.string(),
  accounts: z.array(PreviewedAccount),
  leftOut: z.array(z.strictObject({ where: z.string(), reason: z.string() })),
  converted: z.array(z.string()),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export interface PreviewedFile {
  readonly format: string;
  /** As people know it. */
  readonly label: string;
  readonly result: ImportResult;
}

const unknownFormat = (): TwofoldError =>
  new TwofoldError('import-refused', 'No known authenticator writes files like this one.', {
    reason: 'unknown-format',
  });

/** The texts of a picture's QR codes, one on each line: what a file of links holds. Any other file as it is. */
async function textsOf(content: Uint8Array, clock: Clock): Promise<Uint8Array> {
  if (readPictureHeader(content) === null) return content;
  const reader = new PictureReader(clock);
  try {
    const texts = await reader.read(content);
    if (texts.length > 0) return Buffer.from(texts.join('\n'));
    throw new TwofoldError('picture-refused', 'No QR code was found in this picture.', {
      reason: 'no-qr-code',
    });
  } finally {
    await reader.close();
  }
}

/** Throws TwofoldError `import-refused` or `picture-refused`. `password` is asked only where the file needs one. */
export async function previewFile(
  file: Uint8Array,
  password: SecretSource,
  clock: Clock,
): Promise<PreviewedFile> {
  const content = await textsOf(file, clock);
  const found = detectFormat(content);
  if (found === null) throw unknownFormat();
  const { importer, detection } = found;
  if (detection.kind === 'refused') throw new TwofoldError('import-refused', detection.reason);
  const result = await importer.read(content, {
    password: detection.kind === 'encrypted' ? await password() : null,
    ...unwatched(),
  });
  return { format: importer.format, label: importer.label, result };
}

const previewed = (account: ImportedAccount, reveal: boolean): z.infer<typeof PreviewedAccount> => ({
  type: account.type,
  issuer: account.issuer,
  account: account.name,
  ...(reveal ? { secret: account.secret } : {}),
  algorithm: account.algorithm,
  digits: account.digits,
  ...(account.counter === null ? { period: account.periodS } : { counter: account.counter }),
  tags: [...account.tags],
  note: account.note,
  pinned: account.pinned,
});

export const previewJson = ({ format, result }: PreviewedFile, reveal: boolean): ImportPreview =>
  ImportPreview.parse({
    format,
    accounts: result.accounts.map((account) => previewed(account, reveal)),
    leftOut: result.leftOut,
    converted: result.converted,
  });

/** What was left out or changed, in lines. A file may name its entries as it likes: nothing of it reaches the terminal as it is. */
export const remarks = ({
  leftOut,
  converted,
}: Pick<ImportResult, 'leftOut' | 'converted'>): readonly string[] => [
  ...leftOut.map(({ where, reason }) => cleanLabel(`Left out: ${where}: ${reason}`)),
  ...converted.map((sentence) => cleanLabel(`Changed: ${sentence}`)),
];

export const previewText = ({ label, result }: PreviewedFile): string =>
  [
    `${label}: ${countOf(result.accounts.length)}`,
    ...result.accounts.map((account) => `  ${labelOf(account)}`),
    ...remarks(result),
  ].join('\n');
