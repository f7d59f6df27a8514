// The typed client of the contract: parses every answer and every event, and knows whether the host is there.
import { z } from 'zod';
import {
  type EventName,
  type EventPayload,
  events,
  Failure,
  type Input,
  isEventName,
  type MethodName,
  methods,
  type Output,
} from '../../src-shared/contract/index.ts';
import { CallFailure, ConnectionLost } from './failure.ts';
import type { Transport } from './transport.ts';

/** `refused`: the host is there but this browser has not opened the address that Twofold printed. */
export type Connection = 'up' | 'lost' | 'refused';

export type EventListener = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

export interface Bridge {
  /** Answers the value, or throws CallFailure or ConnectionLost. */
  call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  /** Returns the function that ends the subscription. */
  onEvent(listener: EventListener): () => void;
  readonly connection: Connection;
  /** Asks the host for the least that it answers to anybody, to find out whether it is there. Never rejects. */
  probe(): Promise<void>;
  /** Whether this page came over the network: the host answers the console's part of the contract alone. */
  readonly isNetwork: boolean;
  /** Returns the function that ends the subscription. */
  onConnection(listener: () => void): () => void;
}

const AnyEnvelope = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), error: Failure }),
]);

/** The contract again, as parsers whose answer TypeScript can follow from a method's or an event's name. */
const answers: { readonly [M in MethodName]: { readonly output: { parse(value: unknown): Output<M> } } } =
  methods;
const payloads: { readonly [E in EventName]: { parse(value: unknown): EventPayload<E> } } = events;

/** Connects the client to a host. */
export function createBridge(transport: Transport, { isNetwork = false } = {}): Bridge {
  const eventListeners = new Set<EventListener>();
  const connectionListeners = new Set<() => void>();
  let connection: Connection = 'up';

  const setConnection = (next: Connection): void => {
    if (next === connection) return;
    connection = next;
    for (const listener of connectionListeners) listener();
  };

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- E ties the payload to its event
  const hear = <E extends EventName>(event: E, payload: unknown): void => {
    const parsed = payloads[event].parse(payload);
    for (const listener of eventListeners) listener(event, parsed);
  };

  const call = async <M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> => {
    try {
      const envelope = AnyEnvelope.parse(await transport.call(method, input));
      if (!envelope.ok) throw new CallFailure(envelope.error);
      setConnection('up');
      return answers[method].output.parse(envelope.value);
    } catch (error) {
      if (error instanceof ConnectionLost) setConnection('lost');
      else if (error instanceof CallFailure) {
        setConnection(error.code === 'sender-refused' ? 'refused' : 'up');
      }
      throw error;
    }
  };

  const probe = async (): Promise<void> => {
    await call(isNetwork ? 'console:step' : 'app:status', {}).catch(() => undefined);
  };

  transport.subscribe({
    onEvent: (event, payload) => {
      if (isEventName(event)) hear(event, payload);
    },
    // A broken stream alone may be the wake from sleep: ask, and let the answer tell. So where it came back.
    onConnection: (isUp) => {
      if (isUp !== (connection === 'up')) void probe();
    },
  });

  return {
    call,
    probe,
    isNetwork,
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    get connection() {
      return connection;
    },
    onConnection: (listener) => {
      connectionListeners.add(listener);
      return () => connectionListeners.delete(listener);
    },
  };
}
