// The room's end of the port to a frame: meets the page in it, hands its calls on to its world, and the world's events back.
import { decodeWire, encodeWire } from '../../../src-shared/wire.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { CallFailure, hasCode } from '../../bridge/failure.ts';
import {
  FRAME_PORT,
  FRAME_READY,
  type FrameRoom,
  FromFrame,
  type ToFrame,
} from '../../bridge/frame-messages.ts';

export interface FrameClock {
  readonly nowMs: number;
  readonly isRunning: boolean;
}

export interface FrameLinkOptions {
  readonly bridge: Bridge;
  readonly worldId: number;
  /** The browser or device by name. */
  readonly actor: string;
  readonly room: FrameRoom;
  /** IANA name. */
  readonly zone: string;
  readonly theme: () => 'light' | 'dark';
  readonly clock: () => FrameClock;
  /** The window in which the page of the frame runs; null while there is none. */
  readonly contentWindow: () => Pick<Window, 'postMessage'> | null;
  /** Of the room's own page. */
  readonly origin: string;
  /** Where the messages of frames arrive: the room's own window. */
  readonly messages: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
}

export interface FrameLink {
  /** Tells the page what its clock is set to. */
  setClock(clock: FrameClock): void;
  setTheme(theme: 'light' | 'dark'): void;
  /**
   * Has a browser's page ask anew: what a step or a menu did there, no call of its own has told it. Only after such,
   * for it uses the session.
   */
  lookAgain(): void;
  close(): void;
}

/**
 * Waits for the page of that frame, and only that, and gives it a port; a page that was loaded anew gets a new one,
 * and the one before is closed. What the page calls goes to main as a call of its actor, whatever it says.
 */
export function linkFrame(options: FrameLinkOptions): FrameLink {
  const { bridge, worldId, actor, room, zone, contentWindow, origin, messages } = options;
  let port: MessagePort | null = null;
  const send = (message: ToFrame, to = port): void => to?.postMessage(message);

  const answer = async (to: MessagePort, { id, method, input }: FromFrame): Promise<void> => {
    try {
      const { envelope } = await bridge.call('rehearsal:call', {
        worldId,
        actor,
        method,
        input: encodeWire(input),
      });
      send({ kind: 'answer', id, envelope: decodeWire(envelope) }, to);
    } catch (error) {
      // That main is gone shows in the room itself; the page goes with it.
      if (!(error instanceof CallFailure) || hasCode(error, 'sender-refused')) return;
      const { code, message, details } = error;
      send({ kind: 'answer', id, envelope: { ok: false, error: { code, message, details } } }, to);
    }
  };

  const meet = (event: Event): void => {
    if (!(event instanceof MessageEvent) || event.data !== FRAME_READY || event.origin !== origin) return;
    const page = contentWindow();
    if (page === null || event.source !== page) return;
    port?.close();
    const channel = new MessageChannel();
    const own = channel.port1;
    port = own;
    own.onmessage = ({ data }: MessageEvent<unknown>) => void answer(own, FromFrame.parse(data));
    send({ kind: 'hello', room, zone, theme: options.theme(), ...options.clock() });
    page.postMessage(FRAME_PORT, origin, [channel.port2]);
  };
  messages.addEventListener('message', meet);

  const endEvents = bridge.onEvent((event, payload) => {
    if (event !== 'rehearsal:event' || !('worldId' in payload) || payload.worldId !== worldId) return;
    // To nobody by name: to every browser, as the console tells its pages.
    if (payload.actor === null ? room === 'console' : payload.actor === actor) {
      send({ kind: 'event', event: payload.event, payload: payload.payload });
    }
  });

  return {
    setClock: (clock) => send({ kind: 'clock', ...clock }),
    setTheme: (theme) => send({ kind: 'theme', theme }),
    lookAgain: () => {
      if (room === 'console') send({ kind: 'event', event: 'console:changed', payload: {} });
    },
    close: () => {
      messages.removeEventListener('message', meet);
      endEvents();
      port?.close();
      port = null;
    },
  };
}
