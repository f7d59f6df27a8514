// All importers, and which of them a file belongs to.
import { twoFasImporter } from './2fas/importer.ts';
import { aegisImporter } from './aegis/importer.ts';
import { andOtpImporter } from './andotp/importer.ts';
import { bitwardenAuthenticatorImporter } from './bitwarden-authenticator/importer.ts';
import { bitwardenImporter } from './bitwarden/importer.ts';
import { duoImporter } from './duo/importer.ts';
import { enteImporter } from './ente/importer.ts';
import { freeOtpPlusImporter } from './freeotp-plus/importer.ts';
import { googleMigrationImporter } from './google-migration/importer.ts';
import type { Detection, Importer } from './importer.ts';
import { refuseTooLarge } from './json-text.ts';
import { keePassXcImporter } from './keepassxc-csv/importer.ts';
import { lastPassImporter } from './lastpass/importer.ts';
import { otpauthLinksImporter } from './otpauth-links/importer.ts';
import { protonImporter } from './proton/importer.ts';
import { raivoImporter } from './raivo/importer.ts';
import { stratumImporter } from './stratum/importer.ts';
import { twofoldImporter } from './twofold/importer.ts';

/** The first that knows the content reads it: the strict ones stand before the generous ones. */
export const importers: readonly Importer[] = [
  twofoldImporter,
  aegisImporter,
  twoFasImporter,
  stratumImporter,
  enteImporter,
  googleMigrationImporter,
  bitwardenImporter,
  bitwardenAuthenticatorImporter,
  protonImporter,
  freeOtpPlusImporter,
  lastPassImporter,
  raivoImporter,
  duoImporter,
  keePassXcImporter,
  otpauthLinksImporter,
  // Its encrypted backups have no header: any evenly spread bytes may be one, so that it comes last.
  andOtpImporter,
];

/** The importer whose file this is, and what it says of it; null when none knows it. Throws `import-refused` (too-large). */
export function detectFormat(
  content: Uint8Array,
): { importer: Importer; detection: Exclude<Detection, { kind: 'no' }> } | null {
  refuseTooLarge(content);
  for (const importer of importers) {
    const detection = importer.detect(content);
    if (detection.kind !== 'no') return { importer, detection };
  }
  return null;
}
