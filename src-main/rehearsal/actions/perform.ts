// One door to everything that can happen in a world.
import {
  type Action,
  type ActionName,
  type ActionOf,
  type ErrorCode,
  type ErrorDetails,
  type StepRefusal,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import type { World } from '../world.ts';
import type { ActionsOf } from './actions-of.ts';
import { administratorActions } from './administrator-actions.ts';
import { browserActions } from './browser-actions.ts';
import { deviceActions } from './device-actions.ts';
import { NotPossible } from './not-possible.ts';
import { timeActions } from './time-actions.ts';

const actions: ActionsOf<ActionName> = {
  ...browserActions,
  ...administratorActions,
  ...deviceActions,
  ...timeActions,
};

/** How an action was refused: by the console or an authenticator, or because this world has no way to do it. */
export interface Refused {
  readonly code: StepRefusal;
  readonly message: string;
  readonly reason: string | null;
  /** Where the refusal tells of a device's clock: how far it is ahead, in seconds. */
  readonly clockAheadSeconds: number | null;
}

const act = <N extends ActionName>(world: World, name: N, action: ActionOf<N>): Promise<void> =>
  actions[name](world, action);

/** Does it; answers null, or how it was refused. Throws what is neither: a fault of ours. */
export async function perform(world: World, action: Action): Promise<Refused | null> {
  try {
    await act(world, action.do, action);
    return null;
  } catch (error) {
    if (error instanceof NotPossible)
      return { code: 'not-possible', message: error.message, reason: null, clockAheadSeconds: null };
    if (!(error instanceof TwofoldError)) throw error;
    return refusedBy(error);
  }
}

interface Failed {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: ErrorDetails | undefined;
}

/** What of a failure a scenario can expect. */
export function refusedBy({ code, message, details }: Failed): Refused {
  const { reason, offsetMs } = details ?? {};
  return {
    code,
    message,
    reason: typeof reason === 'string' ? reason : null,
    clockAheadSeconds: typeof offsetMs === 'number' ? Math.round(offsetMs / 1000) : null,
  };
}
