// Opens the console's store where its data lie: in the folder, or in a database, whose driver is loaded only then.
import type { Clock } from '../../clock/clock.ts';
import type { RecoveryEvent } from '../../storage/durable-file.ts';
import { JournaledDocument } from '../../storage/journaled-document.ts';
import { EmbeddedRepository } from '../embedded-repository.ts';
import type { DatabaseOptions } from '../postgres/database.ts';
import type { StoreOpener } from './console-place.ts';

export interface FolderOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly onRecovered?: (event: RecoveryEvent) => void;
}

export const folderStore =
  ({ folder, clock, onRecovered }: FolderOptions): StoreOpener =>
  async () => ({
    repository: await EmbeddedRepository.open(
      new JournaledDocument({
        folder,
        name: 'console',
        clock,
        ...(onRecovered === undefined ? {} : { onRecovered }),
      }),
    ),
    feed: null,
    poolUse: () => null,
  });

/** `onChange` hears of changes at other nodes. */
export const databaseStore =
  (readOptions: () => Promise<DatabaseOptions>, clock: Clock, onChange: () => void): StoreOpener =>
  async () => {
    const options = await readOptions();
    const [{ PostgresRepository }, { ChangeFeed }] = await Promise.all([
      import('../postgres/postgres-repository.ts'),
      import('../postgres/change-feed.ts'),
    ]);
    const repository = await PostgresRepository.open(options);
    const feed = new ChangeFeed({ database: repository.database, clock, onChange });
    return { repository, feed, poolUse: () => repository.database.use };
  };
