// The console's repository: over a database where one is named, else in the folder of data.
import type { Clock } from '../clock/clock.ts';
import type { RecoveryEvent } from '../storage/durable-file.ts';
import { JournaledDocument } from '../storage/journaled-document.ts';
import { EmbeddedRepository } from './embedded-repository.ts';
import { MovedRepository, movedTo } from './moving/moved-marker.ts';
import type { DatabaseOptions } from './postgres/database.ts';
import type { ConsoleRepository } from './repository.ts';

export interface RepositoryPlace {
  /** The folder of all data. */
  readonly home: string;
  /** Absent: in the folder. */
  readonly database?: DatabaseOptions;
  readonly clock: Clock;
  readonly onRecovered: (event: RecoveryEvent) => void;
}

/** How many connections to a database are open, and how many callers wait for one. */
export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

export interface OpenedRepository {
  readonly repository: ConsoleRepository;
  /** Null where there is no database. */
  readonly pool: () => PoolUse | null;
}

/** Throws TwofoldError `storage-failed` where it cannot be read or reached. */
export async function openRepository({
  home,
  database,
  clock,
  onRecovered,
}: RepositoryPlace): Promise<OpenedRepository> {
  if (database !== undefined) {
    // Loaded only where it is used: the start should be quick without it.
    const { PostgresRepository } = await import('./postgres/postgres-repository.ts');
    const repository = await PostgresRepository.open(database);
    return { repository, pool: () => repository.database.use };
  }
  const place = await movedTo(home);
  const repository =
    place === null
      ? await EmbeddedRepository.open(
          new JournaledDocument({ folder: home, name: 'console', clock, onRecovered }),
        )
      : new MovedRepository(place);
  return { repository, pool: () => null };
}
