// The port between the rehearsal's room and a frame in it: who gets one, what goes over it, and what never does.
import { encodeWire } from '../../../src-shared/wire.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { EventName, EventPayload } from '../../../src-shared/contract/index.ts';
import { createBridge } from '../../../src-renderer/bridge/bridge.ts';
import { ConnectionLost } from '../../../src-renderer/bridge/failure.ts';
import {
  FRAME_PORT,
  FRAME_READY,
  type FrameRoom,
  type Hello,
} from '../../../src-renderer/bridge/frame-messages.ts';
import { portTransport } from '../../../src-renderer/bridge/frame-transport.ts';
import type { Transport, TransportListener } from '../../../src-renderer/bridge/transport.ts';
import { type FrameLink, linkFrame } from '../../../src-renderer/features/rehearsal/frame-link.ts';

const ORIGIN = 'app://twofold';
const WORLD_ID = 7;
const NOW_MS = 1_800_000_000_000;

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

type Answer = (method: string, input: unknown) => unknown;

const answering =
  (envelope: unknown): Answer =>
  () => ({ ok: true, value: { envelope: encodeWire(envelope) } });

/** The room's window with one frame in it; `answer` is main's envelope. */
function room(kind: FrameRoom = 'console', answer: Answer = answering({})) {
  const subscribers = new Set<TransportListener>();
  const calls: unknown[] = [];
  const bridge = createBridge({
    call: async (method, input) => {
      calls.push([method, input]);
      return Promise.resolve(answer(method, input));
    },
    subscribe: (listener) => {
      subscribers.add(listener);
      return () => subscribers.delete(listener);
    },
  });
  const messages = new EventTarget();
  const handedIn: { data: unknown; origin: unknown; port: MessagePort }[] = [];
  const page = {
    postMessage: (data: unknown, origin: unknown, ports: unknown = []) => {
      const [port] = z.tuple([z.instanceof(MessagePort)]).parse(ports);
      open.push(port);
      handedIn.push({ data, origin, port });
    },
  };
  const link: FrameLink = linkFrame({
    bridge,
    worldId: WORLD_ID,
    actor: 'Office laptop',
    room: kind,
    zone: 'Europe/Berlin',
    theme: () => 'dark',
    clock: () => ({ nowMs: NOW_MS, isRunning: false }),
    contentWindow: () => page,
    origin: ORIGIN,
    messages,
  });
  open.push(link);
  const say = (data: unknown, origin = ORIGIN, source: unknown = page): void => {
    // Node's own MessageEvent takes a port alone as its source.
    messages.dispatchEvent(
      Object.defineProperty(new MessageEvent('message', { data, origin }), 'source', { value: source }),
    );
  };
  return {
    calls,
    handedIn,
    link,
    say,
    emit: <E extends EventName>(event: E, payload: EventPayload<E>): void => {
      for (const { onEvent } of subscribers) onEvent(event, payload);
    },
  };
}

/** The page in the frame, once it has its port. */
async function pageOver(port: MessagePort) {
  const heard: { hello: Hello[]; clocks: unknown[]; themes: string[]; events: unknown[] } = {
    hello: [],
    clocks: [],
    themes: [],
    events: [],
  };
  const transport: Transport = portTransport(port, {
    onHello: (hello) => heard.hello.push(hello),
    onClock: ({ nowMs, isRunning }) => heard.clocks.push({ nowMs, isRunning }),
    onTheme: (theme) => heard.themes.push(theme),
  });
  transport.subscribe({
    onEvent: (event, payload) => heard.events.push([event, payload]),
    onConnection: () => undefined,
  });
  await vi.waitFor(() => expect(heard.hello).toHaveLength(1));
  return { heard, transport };
}

const firstPort = ({ handedIn }: ReturnType<typeof room>): MessagePort => {
  const [first] = handedIn;
  if (first === undefined) throw new Error('No port was handed in.');
  return first.port;
};

describe('meeting', () => {
  it.each([
    ['another window', FRAME_READY, ORIGIN, {}],
    ['nobody', FRAME_READY, ORIGIN, null],
    ['another origin', FRAME_READY, 'app://twofold.example', undefined],
    ['a page without an origin', FRAME_READY, 'null', undefined],
    ['another message', { kind: 'frame-ready' }, ORIGIN, undefined],
    ['its own answer', FRAME_PORT, ORIGIN, undefined],
  ])('gives no port to %s', (_who, data, origin, source) => {
    const { handedIn, say } = room();
    say(data, origin, ...(source === undefined ? [] : [source]));
    expect(handedIn).toEqual([]);
  });

  it('gives the page of the frame a port, for our own origin alone, and says where, when and how it is', async () => {
    const one = room();
    one.say(FRAME_READY);
    expect(one.handedIn.map(({ data, origin }) => [data, origin])).toEqual([[FRAME_PORT, ORIGIN]]);
    const { heard } = await pageOver(firstPort(one));
    expect(heard.hello).toEqual([
      {
        kind: 'hello',
        room: 'console',
        zone: 'Europe/Berlin',
        theme: 'dark',
        nowMs: NOW_MS,
        isRunning: false,
      },
    ]);
  });

  it('gives a page that was loaded anew another port', async () => {
    const one = room();
    one.say(FRAME_READY);
    one.say(FRAME_READY);
    expect(one.handedIn).toHaveLength(2);
    const second = one.handedIn[1];
    if (second === undefined) throw new Error('There is no second port.');
    const { heard } = await pageOver(second.port);
    one.link.setClock({ nowMs: NOW_MS + 1, isRunning: true });
    one.link.setTheme('light');
    await vi.waitFor(() => expect(heard.themes).toEqual(['light']));
    expect(heard.clocks).toEqual([{ nowMs: NOW_MS + 1, isRunning: true }]);
  });
});

describe('calls', () => {
  it('go to main in the name of the frame’s own actor and world, and the envelope comes back as it is', async () => {
    const envelope = { ok: true, value: { content: Uint8Array.from([1, 2, 3]) } };
    const one = room('console', answering(envelope));
    one.say(FRAME_READY);
    const { transport } = await pageOver(firstPort(one));
    expect(await transport.call('console:step', { of: 'me' })).toEqual(envelope);
    expect(one.calls).toEqual([
      [
        'rehearsal:call',
        {
          worldId: WORLD_ID,
          actor: 'Office laptop',
          method: 'console:step',
          input: encodeWire({ of: 'me' }),
        },
      ],
    ]);
  });

  it('that main refuses as a whole come back as a failure', async () => {
    const one = room('console', () => ({
      ok: false,
      error: { code: 'conflict', message: 'That world is gone.' },
    }));
    one.say(FRAME_READY);
    const { transport } = await pageOver(firstPort(one));
    expect(await transport.call('console:step', {})).toEqual({
      ok: false,
      error: { code: 'conflict', message: 'That world is gone.', details: {} },
    });
  });

  it('are not answered when main is gone: that shows in the room', async () => {
    let isThere = false;
    const one = room('console', () => {
      if (!isThere) throw new ConnectionLost();
      return { ok: true, value: { envelope: encodeWire('there') } };
    });
    one.say(FRAME_READY);
    const { transport } = await pageOver(firstPort(one));
    const answered = vi.fn();
    void transport.call('console:step', {}).then(answered, answered);
    await vi.waitFor(() => expect(one.calls).toHaveLength(1));
    isThere = true;
    expect(await transport.call('console:step', {})).toBe('there');
    expect(answered).not.toHaveBeenCalled();
  });
});

describe('events', () => {
  const event = (actor: string | null, worldId = WORLD_ID) =>
    ({ worldId, actor, event: 'console:changed', payload: {} }) as const;

  it('of the world reach its browsers, those by name the one that is meant', async () => {
    const one = room();
    one.say(FRAME_READY);
    const { heard } = await pageOver(firstPort(one));
    one.emit('rehearsal:event', event('Old phone'));
    one.emit('rehearsal:event', event(null, WORLD_ID + 1));
    one.emit('rehearsal:changed', {});
    one.emit('console:changed', {});
    one.emit('rehearsal:event', event(null));
    one.emit('rehearsal:event', event('Office laptop'));
    await vi.waitFor(() => expect(heard.events).toHaveLength(2));
    expect(heard.events).toEqual([
      ['console:changed', {}],
      ['console:changed', {}],
    ]);
  });

  it('have a browser look again at what others did there; a device is told by its own', async () => {
    const [laptop, phone] = [room(), room('authenticator')];
    for (const one of [laptop, phone]) one.say(FRAME_READY);
    const { heard } = await pageOver(firstPort(laptop));
    const device = await pageOver(firstPort(phone));
    for (const { link } of [laptop, phone]) {
      link.lookAgain();
      link.setTheme('light');
    }
    await vi.waitFor(() => expect([heard.themes, device.heard.themes]).toEqual([['light'], ['light']]));
    expect([heard.events, device.heard.events]).toEqual([[['console:changed', {}]], []]);
  });

  it('for all browsers do not reach a device', async () => {
    const one = room('authenticator');
    one.say(FRAME_READY);
    const { heard } = await pageOver(firstPort(one));
    one.emit('rehearsal:event', event(null));
    one.emit('rehearsal:event', { ...event('Office laptop'), event: 'authenticator:changed' });
    await vi.waitFor(() => expect(heard.events).toEqual([['authenticator:changed', {}]]));
  });

  it('end with the link, and it gives out no port any more', () => {
    const one = room();
    one.link.close();
    one.emit('rehearsal:event', event(null));
    one.say(FRAME_READY);
    expect(one.handedIn).toEqual([]);
  });
});
