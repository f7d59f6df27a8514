// Events from services to every open window or browser.
import type { EventName, EventPayload } from '../../src-shared/contract/index.ts';

export type Listener = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

/** Hands each event to every listener. Services emit; hosts subscribe and send on. */
export class EventHub {
  readonly #listeners = new Set<Listener>();

  emit<E extends EventName>(event: E, payload: EventPayload<E>): void {
    for (const listener of this.#listeners) listener(event, payload);
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
