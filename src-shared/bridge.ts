// What the preload puts on `window.twofold`: all that the renderer can reach of the desktop host.
import type { Envelope } from './contract/errors.ts';

export interface DesktopBridge {
  readonly host: 'desktop';
  /** Calls a method of the contract. Never rejects for an expected failure: the envelope tells. */
  call(method: string, input: unknown): Promise<Envelope<unknown>>;
  /** Hears every event of the contract; the returned function ends that. */
  subscribe(listener: (event: string, payload: unknown) => void): () => void;
}
