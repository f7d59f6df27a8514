// Where the compiled program lies.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const projectFolder = join(import.meta.dirname, '../../..');
export const desktopEntry = join(projectFolder, 'out/main/index.js');
export const loopbackEntry = join(projectFolder, 'out/main/serve.js');

/** Why an entry cannot be started, or null. */
export const notBuilt = (entry: string): string | null =>
  existsSync(entry) ? null : `${entry} is not there: npm run build makes it`;
