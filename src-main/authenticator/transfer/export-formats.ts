// Every format that the user can choose for an export, and what writes it.
import { ENCRYPTED_FORMATS, type ExportFormat } from '../../../src-shared/contract/index.ts';
import { twoFasEncryptedExporter, twoFasExporter } from './2fas/write-2fas.ts';
import { aegisEncryptedExporter, aegisExporter } from './aegis/write-aegis.ts';
import { bitwardenExporter } from './bitwarden/exporter.ts';
import { enteExporter } from './ente/write-ente.ts';
import type { ExportResult, Writing } from './exporter.ts';
import { googleMigrationExporter } from './google-migration/write-google-migration.ts';
import type { ImportedAccount } from './imported-account.ts';
import { otpauthLinksExporter } from './otpauth-links/write-otpauth-links.ts';
import { writePrintableSheet } from './printable-sheet/printable-sheet.ts';
import { protonEncryptedExporter, protonExporter } from './proton/exporter.ts';
import { twofoldExporter } from './twofold/write-backup.ts';

type Write = (accounts: readonly ImportedAccount[], writing: Writing) => Promise<ExportResult>;

const writers: { readonly [F in ExportFormat]: Write } = {
  twofold: twofoldExporter().write,
  'otpauth-links': otpauthLinksExporter.write,
  'google-migration': googleMigrationExporter.write,
  aegis: aegisExporter.write,
  'aegis-encrypted': aegisEncryptedExporter.write,
  '2fas': twoFasExporter.write,
  '2fas-encrypted': twoFasEncryptedExporter.write,
  ente: enteExporter().write,
  bitwarden: bitwardenExporter.write,
  proton: protonExporter.write,
  'proton-encrypted': protonEncryptedExporter.write,
  'sheet-html': (accounts, writing) => writePrintableSheet(accounts, writing, 'html'),
  'sheet-pdf': (accounts, writing) => writePrintableSheet(accounts, writing, 'pdf'),
};

/** Whether files of that format are encrypted with a password of their own; all others hold the secrets in clear. */
export const isEncrypted = (format: ExportFormat): boolean => ENCRYPTED_FORMATS.includes(format);

/** Makes the files of an export, in memory. Encrypted ones throw TwofoldError `invalid-input` without a password. */
export const writeExport = (
  format: ExportFormat,
  accounts: readonly ImportedAccount[],
  writing: Writing,
): Promise<ExportResult> => writers[format](accounts, writing);
