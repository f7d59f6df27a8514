// How an action is done: by the world, refused with a TwofoldError, or NotPossible.
import type { ActionName, ActionOf } from '../../../src-shared/contract/index.ts';
import type { World } from '../world.ts';

/** A table of some of the actions. */
export type ActionsOf<N extends ActionName> = {
  readonly [Name in N]: (world: World, action: ActionOf<Name>) => Promise<void>;
};
