// Reaches the loopback host, or a network host, over HTTP: POST /call/<method>, events by GET /events, one-time token by POST /launch.
import { events } from '../../src-shared/contract/index.ts';
import { decodeWire, encodeWire } from '../../src-shared/wire.ts';
import { ConnectionLost } from './failure.ts';
import type { Transport, TransportListener } from './transport.ts';

/** A stream that the host would not open, or that a proxy refused for it, is tried again after that. */
const REOPEN_MS = 30_000;

async function post(path: string, body: unknown): Promise<string> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: encodeWire(body),
      credentials: 'same-origin',
      cache: 'no-store',
    });
    return await response.text();
  } catch (error) {
    throw new ConnectionLost(error);
  }
}

/**
 * Exchanges the launch token of the address for this browser's cookie and takes it out of the address first, so
 * that it stays neither in the history nor in a copied link. Without a token nothing happens.
 */
export async function redeemLaunchToken(): Promise<void> {
  const token = /^#launch=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
  if (token === undefined) return;
  history.replaceState(null, '', location.pathname + location.search);
  try {
    await post('/launch', { token });
  } catch {
    // The first call that follows finds out, and the shell says so.
  }
}

function openStream({ onEvent, onConnection }: TransportListener): EventSource {
  const source = new EventSource('/events');
  source.onopen = () => onConnection(true);
  source.onerror = () => onConnection(false);
  for (const event of Object.keys(events)) {
    source.addEventListener(event, (message: MessageEvent<unknown>) => {
      if (typeof message.data === 'string') onEvent(event, decodeWire(message.data));
    });
  }
  return source;
}

export const httpTransport = (): Transport => ({
  call: async (method, input) => {
    const text = await post(`/call/${method}`, input);
    try {
      return decodeWire(text);
    } catch (error) {
      throw new ConnectionLost(error);
    }
  },
  subscribe: (listener) => {
    let source = openStream(listener);
    // A broken stream is opened again by the browser itself, a refused one is not.
    const timer = setInterval(() => {
      if (source.readyState === EventSource.CLOSED) source = openStream(listener);
    }, REOPEN_MS);
    return () => {
      clearInterval(timer);
      source.close();
    };
  },
});
