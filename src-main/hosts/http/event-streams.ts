// Server-Sent Events: what services emit, on its way to every open page.
import type { ServerResponse } from 'node:http';
import { encodeWire } from '../../../src-shared/wire.ts';
import type { Clock } from '../../clock/clock.ts';
import type { EventHub } from '../../ipc/events.ts';

/** Often enough that a page notices within half a minute when Twofold has gone. */
export const HEARTBEAT_MS = 15_000;
/** A browser opens six connections to one host; some must stay free for calls, however many tabs are open. */
export const MAX_STREAMS_OF_ONE_BROWSER = 4;

export interface EventStreams {
  /** Turns the answer into a stream; answers 204, which stops a page from trying again, where there are too many. */
  readonly add: (
    browserId: string,
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
  ) => void;
  /** How many are open. */
  readonly count: () => number;
  /** Ends every stream and the subscription. */
  readonly close: () => void;
}

export interface EventStreamOptions {
  readonly events: EventHub;
  readonly clock: Clock;
  /** All streams together; no bound where it is left out. */
  readonly maxStreams?: number;
  /** The browser whose call emits this very event, which alone hears of it; left out: every browser does. */
  readonly audience?: () => string | null;
}

/** Starts sending the hub's events on. */
export function startEventStreams(options: EventStreamOptions): EventStreams {
  const { events, clock, maxStreams = Infinity, audience } = options;
  const streams = new Map<ServerResponse, string>();
  const sendTo = (isMeant: (browserId: string) => boolean, text: string): void => {
    for (const [response, browserId] of streams) if (isMeant(browserId)) response.write(text);
  };
  const unsubscribe = events.subscribe((event, payload) => {
    const only = audience?.();
    if (only === null) return;
    sendTo(
      (browserId) => only === undefined || browserId === only,
      `event: ${event}\ndata: ${encodeWire(payload)}\n\n`,
    );
  });
  let cancelHeartbeat: () => void;
  const beat = (): void => {
    sendTo(() => true, ': still here\n\n');
    cancelHeartbeat = clock.after(HEARTBEAT_MS, beat);
  };
  cancelHeartbeat = clock.after(HEARTBEAT_MS, beat);

  return {
    add: (browserId, response, headers) => {
      const open = [...streams.values()].filter((id) => id === browserId).length;
      if (open >= MAX_STREAMS_OF_ONE_BROWSER || streams.size >= maxStreams) {
        response.writeHead(204, headers).end();
        return;
      }
      streams.set(response, browserId);
      response.on('close', () => streams.delete(response));
      response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8' });
      // Tried again soon when Twofold was started anew; the first words make the page's stream open.
      response.write('retry: 2000\n\n');
    },
    count: () => streams.size,
    close: () => {
      unsubscribe();
      cancelHeartbeat();
      for (const response of streams.keys()) response.end();
    },
  };
}
