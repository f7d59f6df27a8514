// The secret sheet as a PDF to print and keep, with fonts embedded that can write names beyond Latin-1.
import type { OtpParameters } from '../otp/parameters.ts';
import { openPdf, PDF_MARGIN } from '../print/pdf.ts';

export interface PrintedSheet {
  readonly organization: string;
  readonly displayName: string;
  readonly accountName: string;
  readonly groupedSecret: string;
  /** The QR code as PNG. */
  readonly qrCode: Uint8Array;
  /** What the codes are made with: the policy may have set others than the usual ones. */
  readonly parameters: OtpParameters;
  readonly createdAtMs: number;
}

const QR_SIZE = 200;

/** One A4 page: whose account it is, QR code, secret, and what to do when the device is lost. */
export async function writeSecretPdf(sheet: PrintedSheet): Promise<Buffer> {
  const { document, write, finish } = await openPdf('Two-factor authentication: secret sheet');
  const label = (name: string, value: string): void => {
    document.fillColor('#5b6472');
    write(name, { size: 9, gap: 0 });
    document.fillColor('#14181f');
    write(value, { size: 13, weight: 600, gap: 0.6 });
  };

  document.fillColor('#14181f');
  write('Keep this sheet in a safe place', { size: 22, weight: 600, gap: 0.2 });
  write(
    'It holds the secret of your two-factor authentication. Whoever has it can make your codes; with it you set up a new device.',
    { size: 11, gap: 1 },
  );
  label('Organization', sheet.organization);
  label('Account', `${sheet.displayName} (${sheet.accountName})`);
  label('Set up on', `${new Date(sheet.createdAtMs).toISOString().slice(0, 10)} (UTC)`);
  document.moveDown(0.3);
  document.image(Buffer.from(sheet.qrCode), PDF_MARGIN, document.y, { width: QR_SIZE });
  document.y += QR_SIZE + 18;
  label('Secret, to type where no camera is at hand', sheet.groupedSecret);
  const { algorithm, digits, periodS } = sheet.parameters;
  label('Kind of code', `Time-based (TOTP), ${algorithm}, ${digits} digits, ${periodS} seconds`);
  document.moveDown(0.4);
  write('When your device is lost', { size: 14, weight: 600, gap: 0.2 });
  for (const line of [
    '1. Scan this QR code with an authenticator app on the new device, or type the secret.',
    '2. Sign in with your password and the code that the app shows.',
    '3. If somebody else may have the lost device or this sheet, reset two-factor authentication after signing in. This sheet is worthless from then on.',
    'Without this sheet and without a trusted browser, ask an administrator of your organization to reset it.',
  ]) {
    write(line, { size: 11, gap: 0.2 });
  }
  return finish();
}
