// A picture of the screen, against a fake of Electron: who gets one, of which screen, and that Twofold steps aside for it.
import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { serveScreenCapture } from '../../src-main/hosts/desktop/screen-capture.ts';

type Handler = Parameters<Session['setDisplayMediaRequestHandler']>[0];
type Source = { id: string; display_id: string };

const fake = vi.hoisted(() => {
  const state: {
    handler: unknown;
    options: unknown;
    asked: unknown[];
    sources: () => Promise<{ id: string; display_id: string }[]>;
    done: string[];
    isFrameKnown: boolean;
  } = {
    handler: null,
    options: null,
    asked: [],
    sources: () => Promise.resolve([]),
    done: [],
    isFrameKnown: true,
  };
  return state;
});

vi.mock('electron', () => ({
  desktopCapturer: {
    getSources: (options: unknown) => {
      fake.asked.push(options);
      return fake.sources();
    },
  },
  screen: { getDisplayMatching: () => ({ id: 7 }) },
  webContents: { fromFrame: () => (fake.isFrameKnown ? { id: 1 } : undefined) },
}));

const sources: readonly Source[] = [
  { id: 'screen:0:0', display_id: '3' },
  { id: 'screen:1:0', display_id: '7' },
];
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  fake.asked = [];
  fake.done = [];
  fake.isFrameKnown = true;
  fake.sources = () => Promise.resolve([...sources]);
});
afterEach(() => {
  vi.restoreAllMocks();
});

function start({
  platform = 'linux',
  isWayland = false,
}: { platform?: NodeJS.Platform; isWayland?: boolean } = {}) {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
  const clock = new VirtualClock(1_800_000_000_000);
  let isDestroyed = false;
  const note = (what: string) => () => void fake.done.push(what);
  const window = Object.assign(new EventEmitter(), {
    hide: note('hide'),
    show: note('show'),
    getBounds: () => ({ x: 0, y: 0, width: 1, height: 1 }),
    isDestroyed: () => isDestroyed,
    setContentProtection: (isOn: boolean) => void fake.done.push(`protect ${isOn}`),
    webContents: { setBackgroundThrottling: (isOn: boolean) => void fake.done.push(`throttle ${isOn}`) },
  });
  serve({ clock, window, isWayland });
  const answers: unknown[] = [];
  const ask = async (change: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    const request = {
      frame: { url: 'app://twofold/index.html', parent: null },
      securityOrigin: 'app://twofold',
      videoRequested: true,
      audioRequested: false,
      userGesture: true,
      ...change,
    };
    if (typeof fake.handler !== 'function') throw new Error('Nobody handles requests.');
    Reflect.apply(fake.handler, undefined, [request, (streams: unknown) => answers.push(streams)]);
    await settle();
  };
  const pass = async (spanMs: number): Promise<void> => {
    clock.advance(spanMs);
    await settle();
  };
  return {
    answers,
    ask,
    pass,
    destroy: () => {
      isDestroyed = true;
    },
  };
}

/** The fakes stand for Electron's own objects, of which the module uses only what they have. */
function serve({
  clock,
  window,
  isWayland,
}: {
  clock: VirtualClock;
  window: object;
  isWayland: boolean;
}): void {
  const options: object = {
    session: {
      setDisplayMediaRequestHandler: (handler: Handler, how: unknown) => {
        fake.handler = handler;
        fake.options = how;
      },
    },
    windows: { windowOf: () => window, isProtected: false },
    clock,
    isWayland,
  };
  Reflect.apply(serveScreenCapture, undefined, [options]);
}

describe('serveScreenCapture', () => {
  it('gives the screen that the window is on, while the window is out of the way (X11)', async () => {
    const { answers, ask, pass } = start();
    await ask();
    expect([answers, fake.done]).toEqual([[], ['throttle false', 'hide']]);
    await pass(250);
    expect(answers).toEqual([{ video: sources[1] }]);
    expect(fake.asked).toEqual([{ types: ['screen'], thumbnailSize: { width: 0, height: 0 } }]);
    await pass(1_499);
    expect(fake.done).not.toContain('show');
    await pass(1);
    expect(fake.done).toEqual(['throttle false', 'hide', 'show', 'throttle true']);
  });

  it.each(['win32', 'darwin'] as const)(
    'keeps the window out of the picture instead (%s)',
    async (platform) => {
      const { answers, ask, pass } = start({ platform });
      await ask();
      await pass(250);
      await pass(1_500);
      expect(answers).toEqual([{ video: sources[1] }]);
      expect(fake.done, 'as the setting has it again').toEqual(['protect true', 'protect false']);
    },
  );

  it('leaves the choice to the system on Wayland, for as long as it takes', async () => {
    const { answers, ask, pass } = start({ isWayland: true });
    let choose = (_sources: Source[]): void => undefined;
    fake.sources = () =>
      new Promise((resolve) => {
        choose = resolve;
      });
    await ask();
    await pass(60_000);
    expect([answers, fake.done]).toEqual([[], []]);
    choose([{ id: 'window:5:0', display_id: '' }]);
    await settle();
    expect(answers).toEqual([{ video: { id: 'window:5:0', display_id: '' } }]);
    expect(fake.asked).toMatchObject([{ types: ['screen', 'window'] }]);
  });

  it.each([
    ['there is no screen to be had', () => Promise.resolve([])],
    ['the system refuses', () => Promise.reject(new Error('denied'))],
    ['the system never answers', () => new Promise<Source[]>(() => undefined)],
  ])('answers nothing where %s, and the window comes back', async (_why, answer) => {
    const { answers, ask, pass } = start();
    fake.sources = answer;
    await ask();
    await pass(250);
    await pass(5_000);
    await pass(1_500);
    expect(answers).toEqual([null]);
    expect(fake.done.at(-2)).toBe('show');
  });

  it.each([
    ['a frame that is gone', { frame: null }],
    ['an inner frame', { frame: { url: 'app://twofold/index.html', parent: {} } }],
    ['another origin', { frame: { url: 'https://example.com/', parent: null } }],
    ['a page without a click', { userGesture: false }],
    ['sound', { audioRequested: true }],
  ])('refuses %s at once, without a look at the screen', async (_who, change) => {
    const { answers, ask } = start();
    await ask(change);
    expect([answers, fake.asked, fake.done]).toEqual([[null], [], []]);
  });

  it('refuses contents that nobody knows, and answers nobody once the window is closed', async () => {
    const { answers, ask, pass, destroy } = start();
    fake.isFrameKnown = false;
    await ask();
    expect(answers).toEqual([null]);
    fake.isFrameKnown = true;
    await ask();
    destroy();
    await pass(250);
    await pass(1_500);
    expect(answers).toEqual([null]);
    expect(fake.done).not.toContain('show');
  });

  it('lets the system ask by itself where it can', () => {
    start();
    expect(fake.options).toEqual({ useSystemPicker: true });
  });
});
