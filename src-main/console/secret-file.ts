// The secret sheet as a file to keep (G5): a picture of the QR code, or a page to print.
import { toBuffer } from 'qrcode';
import { type Output, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { parseOtpauthUri } from '../otp/otpauth-uri.ts';
import { writeSecretPdf } from './secret-pdf.ts';
import { stepOf } from './step.ts';
import { type ConsoleContext, visit } from './visit.ts';

const PICTURE_PIXELS = 600;
/** ISO/IEC 18004 wants four modules of white around a QR code; some readers fail with less. */
const QUIET_ZONE_MODULES = 4;

/** A file name that every system takes, from names that people chose. */
const fileNameOf = (organization: string, accountName: string, extension: string): string => {
  const plain = `${organization} ${accountName}`.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
  return `two-factor-${plain}.${extension}`;
};

/** Only while set-up or keep-secret shows the secret. Throws TwofoldError `step-expired` otherwise. */
export async function secretFile(
  context: ConsoleContext,
  { format }: { format: 'pdf' | 'png' },
  caller: Caller,
): Promise<Output<'console:secretFile'>> {
  const step = await visit(context, caller, stepOf);
  if (step.kind !== 'set-up' && step.kind !== 'keep-secret') {
    throw new TwofoldError(
      'step-expired',
      'The secret is not shown any more. Reset two-factor authentication to get a new one.',
    );
  }
  const { sheet, person } = step;
  const qrCode = await toBuffer(sheet.uri, {
    type: 'png',
    width: PICTURE_PIXELS,
    margin: QUIET_ZONE_MODULES,
    errorCorrectionLevel: 'M',
  });
  const fileName = fileNameOf(sheet.issuer, sheet.accountName, format);
  if (format === 'png') return { fileName, mediaType: 'image/png', content: Uint8Array.from(qrCode) };
  const content = await writeSecretPdf({
    organization: sheet.issuer,
    displayName: person.displayName,
    accountName: sheet.accountName,
    groupedSecret: sheet.groupedSecret,
    qrCode,
    parameters: parseOtpauthUri(sheet.uri),
    createdAtMs: context.clock.nowMs(),
  });
  return { fileName, mediaType: 'application/pdf', content: Uint8Array.from(content) };
}
