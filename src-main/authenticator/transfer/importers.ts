// All importers, and which of them a file belongs to.
import type { Detection, Importer } from './importer.ts';
import { refuseTooLarge } from './json-text.ts';

/** The first that knows the content reads it: the strict ones stand before the generous ones. */
export const importers: readonly Importer[] = [];

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
