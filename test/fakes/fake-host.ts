// A host for tests of the user interface: answers the contract's methods with what a scene says. Runs in the browser.
import {
  type Envelope,
  type EventName,
  type EventPayload,
  type Input,
  isMethodName,
  type MethodName,
  type Output,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import { ConnectionLost } from '../../src-renderer/bridge/failure.ts';
import type { Transport, TransportListener } from '../../src-renderer/bridge/transport.ts';

/** A value, or a function of the input that may throw TwofoldError, or a promise that never comes. */
export type FakeAnswer<M extends MethodName> =
  Output<M> | ((input: Input<M>) => Output<M> | Promise<Output<M>>);

export type FakeAnswers = { readonly [M in MethodName]?: FakeAnswer<M> };

export interface FakeHost extends Transport {
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** From now on no call is answered. */
  end(): void;
}

const failure = (error: TwofoldError): Envelope<never> => {
  const { code, message, details } = error;
  return { ok: false, error: details === undefined ? { code, message } : { code, message, details } };
};

export function createFakeHost(answers: FakeAnswers): FakeHost {
  const listeners = new Set<TransportListener>();
  let hasEnded = false;
  return {
    call: async (method, input) => {
      if (hasEnded) throw new ConnectionLost();
      const answer: unknown = isMethodName(method) ? answers[method] : undefined;
      if (answer === undefined) {
        return failure(new TwofoldError('not-available', `This scene has no answer to ${method}.`));
      }
      try {
        const value: unknown = await (typeof answer === 'function'
          ? Reflect.apply(answer, undefined, [input])
          : answer);
        return { ok: true, value };
      } catch (error) {
        if (error instanceof TwofoldError) return failure(error);
        throw error;
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (event, payload) => {
      for (const { onEvent } of listeners) onEvent(event, payload);
    },
    end: () => {
      hasEnded = true;
      for (const { onConnection } of listeners) onConnection(false);
    },
  };
}
