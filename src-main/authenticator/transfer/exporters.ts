// All exporters of files.
import { twoFasEncryptedExporter, twoFasExporter } from './2fas/write-2fas.ts';
import { aegisEncryptedExporter, aegisExporter } from './aegis/write-aegis.ts';
import { bitwardenExporter } from './bitwarden/exporter.ts';
import { enteExporter } from './ente/write-ente.ts';
import type { Exporter } from './exporter.ts';
import { googleMigrationExporter } from './google-migration/write-google-migration.ts';
import { otpauthLinksExporter } from './otpauth-links/write-otpauth-links.ts';
import { protonEncryptedExporter, protonExporter } from './proton/exporter.ts';
import { twofoldExporter } from './twofold/write-backup.ts';

export const exporters: readonly Exporter[] = [
  twofoldExporter(),
  otpauthLinksExporter,
  googleMigrationExporter,
  aegisExporter,
  aegisEncryptedExporter,
  twoFasExporter,
  twoFasEncryptedExporter,
  enteExporter(),
  bitwardenExporter,
  protonExporter,
  protonEncryptedExporter,
];
