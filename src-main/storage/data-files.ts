// What the files in the folder of data are called. docs/data.md says what each holds.
import { join } from 'node:path';

export interface DataFiles {
  readonly keys: string;
  readonly vault: string;
  readonly preferences: string;
  readonly backups: string;
  readonly scenarios: string;
  readonly clockHistory: string;
}

/** The paths of the files of that folder. The console's have names of their own: see JournaledDocument. */
export const dataFiles = (home: string): DataFiles => ({
  keys: join(home, 'keys.json'),
  vault: join(home, 'vault.twofold'),
  preferences: join(home, 'preferences.json'),
  backups: join(home, 'backups.json'),
  scenarios: join(home, 'scenarios.json'),
  clockHistory: join(home, 'clock-history.json'),
});
