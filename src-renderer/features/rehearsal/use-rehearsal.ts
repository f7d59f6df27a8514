// What the room does with the world, and what became of the last action: shown where it was asked for.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import type { Action, RehearsedWorld } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useBridge } from '../../bridge/queries.tsx';

/** Where in the room something was asked for: the room itself, its time bar, or a browser or device by name. */
export type Place = 'room' | 'time' | { readonly actor: string };

export interface Said {
  readonly place: Place;
  readonly message: string;
  /** The console or authenticator refused it, as it would in life; otherwise it could not be tried. */
  readonly isRefusal: boolean;
}

/** The calls that go on with the world. */
type Going =
  | { readonly kind: 'act'; readonly action: Action }
  | { readonly kind: 'step' | 'finish' | 'close' }
  | { readonly kind: 'run'; readonly isRunning: boolean }
  | { readonly kind: 'open'; readonly scenario: string };

export interface Rehearsal {
  readonly world: RehearsedWorld;
  /** When main said how the world is, by this window's clock. */
  readonly heardAtMs: number;
  /** Does it; what is refused stands at that place until something else is done. Answers whether it was done. */
  readonly go: (going: Going, place: Place) => Promise<boolean>;
  /** What is under way now. */
  readonly busy: Going['kind'] | null;
  readonly said: Said | null;
  readonly dismiss: () => void;
}

interface Order {
  readonly going: Going;
  readonly place: Place;
}

const RehearsalContext = createContext<Rehearsal | null>(null);
export const RehearsalProvider = RehearsalContext;

/** The open world and what can be done with it. */
export function useRehearsal(): Rehearsal {
  const rehearsal = use(RehearsalContext);
  if (rehearsal === null) throw new Error('There is no world above.');
  return rehearsal;
}

/** Made once, by the room of the open world. */
export function useGoing(world: RehearsedWorld, heardAtMs: number): Rehearsal {
  const bridge = useBridge();
  const client = useQueryClient();
  const ask = async ({ going }: Order): Promise<{ world: RehearsedWorld | null; refusal: string | null }> => {
    switch (going.kind) {
      case 'act':
        return bridge.call('rehearsal:act', { action: going.action });
      case 'run':
        return { ...(await bridge.call('rehearsal:run', { isRunning: going.isRunning })), refusal: null };
      case 'open':
        return { ...(await bridge.call('rehearsal:open', { scenario: going.scenario })), refusal: null };
      case 'step':
      case 'finish':
      case 'close':
        return { ...(await bridge.call(`rehearsal:${going.kind}`, {})), refusal: null };
    }
  };
  const { mutateAsync, isPending, variables, data, error, reset } = useMutation({
    mutationFn: ask,
    onSuccess: (answer) => client.setQueryData(['rehearsal:world', {}], { world: answer.world }),
  });
  const place = variables?.place ?? 'room';
  const refusal = data?.refusal ?? null;
  let said: Said | null = null;
  if (error !== null) said = { place, message: failureMessage(error), isRefusal: false };
  else if (refusal !== null) said = { place, message: refusal, isRefusal: true };
  return {
    world,
    heardAtMs,
    busy: isPending ? variables.going.kind : null,
    said,
    dismiss: reset,
    go: async (going, at) => {
      try {
        return (await mutateAsync({ going, place: at })).refusal === null;
      } catch {
        // Said in the room.
        return false;
      }
    },
  };
}

/** Does an action at its browser or device, for menus and buttons there. */
export function useActAt(actor: string): (action: Action) => void {
  const { go } = useRehearsal();
  return (action) => void go({ kind: 'act', action }, { actor });
}
