// The console's data where they lie now, with word of changes going to and coming from the other nodes.
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import type { EventHub } from '../../ipc/events.ts';
import { ConsoleData, type ConsoleDataOptions } from './console-data.ts';
import { ConsolePlace } from './console-place.ts';

export interface PlaceOptions extends Omit<ConsoleDataOptions, 'onChangeElsewhere'> {
  readonly events: EventHub;
  /** Whether a database that cannot be reached stops the console alone, which is opened when it can be. */
  readonly mayOpenLater: boolean;
}

export interface OpenedPlace {
  readonly data: ConsoleData;
  readonly place: ConsolePlace;
  /** The shown address of the database; null: in the folder. */
  readonly address: string | null;
  close(): Promise<void>;
}

/** Throws TwofoldError `storage-failed` where the data cannot be read or reached, and `invalid-input` for a wrong address. */
export async function openConsolePlace({
  events,
  mayOpenLater,
  ...options
}: PlaceOptions): Promise<OpenedPlace> {
  let isFromElsewhere = false;
  const data = new ConsoleData({
    ...options,
    onChangeElsewhere() {
      isFromElsewhere = true;
      events.emit('console:changed', {});
      isFromElsewhere = false;
    },
  });
  const place = new ConsolePlace(data.open);
  const address = await data.address();
  try {
    await place.openNow();
  } catch (error) {
    if (address === null || !mayOpenLater || !(error instanceof TwofoldError)) throw error;
  }
  const endTelling = events.subscribe((event) => {
    if (event === 'console:changed' && !isFromElsewhere) place.tellOthers();
  });
  return {
    data,
    place,
    address,
    async close() {
      endTelling();
      await place.close();
    },
  };
}
