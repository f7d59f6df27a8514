// All importers, and which of them a file belongs to.
import { twoFasImporter } from './2fas/importer.ts';
import { aegisImporter } from './aegis/importer.ts';
import { enteImporter } from './ente/importer.ts';
import { googleMigrationImporter } from './google-migration/importer.ts';
import type { Detection, Importer } from './importer.ts';
import { refuseTooLarge } from './json-text.ts';
import { otpauthLinksImporter } from './otpauth-links/importer.ts';
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
  otpauthLinksImporter,
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
