// What codes are corrected by where the settings say so: the clock is checked first, as the app does in the background.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { correctionOf } from '../../../src-shared/clock/correction.ts';
import { dataFiles } from '../../storage/data-files.ts';
import type { Surroundings } from './command.ts';

const Preferences = z.looseObject({
  content: z.looseObject({ settings: z.looseObject({ correctsClock: z.boolean() }) }),
});

/** Only looked at: what is damaged there is for the app to mend, which holds the right to write. */
async function isWanted(home: string): Promise<boolean> {
  try {
    const document: unknown = JSON.parse(await readFile(dataFiles(home).preferences, 'utf8'));
    return Preferences.parse(document).content.settings.correctsClock;
  } catch {
    return false;
  }
}

/** Real time minus this computer's, in milliseconds, where codes are to go by it and it is known; otherwise 0. Tells which. */
export async function clockCorrection(surroundings: Surroundings): Promise<number> {
  if (!(await isWanted(surroundings.home))) return 0;
  const { checkNow } = await import('./clock.ts');
  const status = await checkNow(surroundings);
  if (status.kind === 'not-checked') {
    surroundings.terminal.tell(
      "The clock could not be checked, so the codes go by this computer's clock as it is.",
    );
    return 0;
  }
  const correctionMs = correctionOf(status);
  if (correctionMs !== 0) {
    const seconds = Math.round(Math.abs(correctionMs) / 1000);
    const direction = correctionMs > 0 ? 'behind' : 'ahead of';
    surroundings.terminal.tell(
      `This computer is ${seconds} s ${direction} real time. The codes are corrected for that.`,
    );
  }
  return correctionMs;
}
