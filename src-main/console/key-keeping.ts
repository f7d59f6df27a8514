// What a node does by itself about its key: sees whether it fits the store, and takes up the new one of a rotation.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import type { KeyPlace } from './key-place.ts';
import { takeUpKey } from './key-rotation.ts';
import type { ConsoleContext } from './visit.ts';

const MINUTE_MS = 60_000;

export interface KeyKeeping {
  /** Looks now. Answers why the key cannot be used, or null. */
  readonly look: () => Promise<TwofoldError | null>;
  readonly end: () => void;
}

/** Looks every minute. `tell` hears of a key that does not fit or cannot be kept, once for each reason. */
export function startKeyKeeping(
  context: ConsoleContext,
  place: KeyPlace,
  tell: (fault: string) => void,
): KeyKeeping {
  let hasEnded = false;
  let cancel = (): void => undefined;
  let told = '';
  const look = async (): Promise<TwofoldError | null> => {
    try {
      await takeUpKey(context, place);
      told = '';
      return null;
    } catch (error) {
      if (!(error instanceof TwofoldError)) throw error;
      return error;
    }
  };
  const wait = (): void => {
    if (hasEnded) return;
    cancel = context.clock.after(MINUTE_MS, () => {
      void look()
        .then((fault) => {
          // Locked, or the database is away: whoever works with the console is told.
          if (fault?.code !== 'key-unavailable' || fault.message === told) return;
          told = fault.message;
          tell(fault.message);
        })
        .catch(() => undefined)
        .then(wait);
    });
  };
  wait();
  return {
    look,
    end() {
      hasEnded = true;
      cancel();
    },
  };
}
