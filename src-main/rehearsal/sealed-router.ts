// The router of a simulated browser or device: its own services answer, and whatever belongs to the real machine refuses.
import { isMethodName, type MethodName, methods, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { createRouter, type Router, type RouterOptions } from '../ipc/router.ts';

type AnyHandlers = RouterOptions['handlers'];

const notHere = (): never => {
  throw new TwofoldError(
    'not-available',
    'A rehearsal has no part of that. Nothing was changed; do it in the real rooms of Twofold.',
  );
};

const nothing: Partial<Record<MethodName, () => never>> = Object.fromEntries(
  Object.keys(methods).map((name) => [name, notHere]),
);

const isComplete = (handlers: Partial<AnyHandlers>): handlers is AnyHandlers =>
  Object.keys(methods).every((name) => isMethodName(name) && handlers[name] !== undefined);

/** Builds it over the handlers of some methods; all others refuse with `not-available`. */
export function sealedRouter(
  handlers: Partial<AnyHandlers>,
  authorize: RouterOptions['authorize'],
  onFault: RouterOptions['onFault'],
): Router {
  const all: Partial<AnyHandlers> = { ...nothing, ...handlers };
  if (!isComplete(all)) throw new Error('A method of the contract has no handler.');
  return createRouter({ handlers: all, authorize, onFault });
}

/** What stands where a real host names its folder of data. */
export const NO_DATA_FOLDER = 'nowhere: a rehearsal keeps nothing';

/** Where there is nobody to keep out: the calls come from the world's own pages. */
export const noAccessRules = (): Promise<void> => Promise.resolve();

/** For a caller that is no browser of the console. */
export const nobody: Caller = {
  browser: { name: 'nobody', read: () => undefined, write: () => undefined, clear: () => undefined },
};
