// Opens the store that the console's data is in: the folder, a database, or what says that it was moved from the folder.
import type { Clock } from '../clock/clock.ts';
import type { RecoveryEvent } from '../storage/durable-file.ts';
import { JournaledDocument } from '../storage/journaled-document.ts';
import { EmbeddedRepository } from './embedded-repository.ts';
import { MovedRepository, movedTo } from './moving/moved-marker.ts';
import type { DatabaseOptions } from './postgres/database.ts';
import type { ConsoleRepository } from './repository.ts';

export interface StorePlace {
  /** The folder of all data; where the console is in it, its writer lock is the caller's. */
  readonly home: string;
  /** Null: the console's data is in the folder. */
  readonly database: DatabaseOptions | null;
  readonly clock: Clock;
  readonly onRecovered: (event: RecoveryEvent) => void;
}

/** Throws TwofoldError `storage-failed`. */
export async function openRepository(place: StorePlace): Promise<ConsoleRepository> {
  const { home, database, clock, onRecovered } = place;
  if (database !== null) {
    // Loaded only where it is used: the start should be quick without it.
    const { PostgresRepository } = await import('./postgres/postgres-repository.ts');
    return PostgresRepository.open(database);
  }
  const moved = await movedTo(home);
  if (moved !== null) return new MovedRepository(moved);
  return EmbeddedRepository.open(
    new JournaledDocument({ folder: home, name: 'console', clock, onRecovered }),
  );
}
