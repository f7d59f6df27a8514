// Reaches the world of a rehearsal from a page inside it: over the port that the room around this frame hands in.
import { FRAME_PORT, FRAME_READY, type FromFrame, type Hello, ToFrame } from './frame-messages.ts';
import type { Transport, TransportListener } from './transport.ts';

/** Whether this page is shown inside another one. It then speaks to that one alone, never to main. */
export const isFrame = (): boolean => window.parent !== window;

/** What the room tells besides answers and events. */
export interface FrameListener {
  /** Before anything else, once. */
  readonly onHello: (hello: Hello) => void;
  readonly onClock: (clock: { readonly nowMs: number; readonly isRunning: boolean }) => void;
  readonly onTheme: (theme: 'light' | 'dark') => void;
}

/**
 * The transport over a port. A call that the room cannot hand on is never answered: that its host is gone shows in
 * the room.
 */
export function portTransport(port: MessagePort, listener: FrameListener): Transport {
  const waiting = new Map<number, (envelope: unknown) => void>();
  const subscribers = new Set<TransportListener>();
  let lastId = 0;
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = ToFrame.parse(data);
    switch (message.kind) {
      case 'hello':
        listener.onHello(message);
        break;
      case 'clock':
        listener.onClock(message);
        break;
      case 'theme':
        listener.onTheme(message.theme);
        break;
      case 'event':
        for (const { onEvent } of [...subscribers]) onEvent(message.event, message.payload);
        break;
      case 'answer':
        waiting.get(message.id)?.(message.envelope);
        waiting.delete(message.id);
    }
  };
  return {
    call: (method, input) =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, resolve);
        const call: FromFrame = { kind: 'call', id: lastId, method, input };
        port.postMessage(call);
      }),
    subscribe: (subscriber) => {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
  };
}

/**
 * Asks the room around this frame for a port, and resolves once it has said hello. Only a message of exactly that
 * window and of our own origin counts. Anywhere else nothing ever answers, and the page stays empty.
 */
export function meetRoom(listener: FrameListener): Promise<Transport> {
  return new Promise((resolve) => {
    const listen = ({ source, origin, data, ports }: MessageEvent<unknown>): void => {
      const [port] = ports;
      if (source !== window.parent || origin !== location.origin) return;
      if (data !== FRAME_PORT || port === undefined) return;
      removeEventListener('message', listen);
      const transport = portTransport(port, {
        ...listener,
        onHello: (hello) => {
          listener.onHello(hello);
          resolve(transport);
        },
      });
    };
    addEventListener('message', listen);
    window.parent.postMessage(FRAME_READY, location.origin);
  });
}
