// The contract's `database:` methods.
import type { Handlers } from '../../ipc/handlers.ts';
import type { ConsoleContext } from '../visit.ts';
import type { ConsoleData } from './console-data.ts';
import type { ConsolePlace } from './console-place.ts';

export const databaseHandlers = (
  context: ConsoleContext,
  data: ConsoleData,
  place: ConsolePlace,
): Handlers<'database'> => ({
  'database:place': (_input, caller) => data.place(context, place, caller),
  'database:test': (input, caller) => data.test(context, input, caller),
  'database:move': (input, caller) => data.move(context, place, input, caller),
});
