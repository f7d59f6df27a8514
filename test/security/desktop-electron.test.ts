// The desktop host against a fake electron module: who may call, where a page may go, how a window is made.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Router } from '../../src-main/ipc/router.ts';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { BrowserProfile } from '../../src-main/hosts/desktop/browser-profile.ts';
import { serveCalls } from '../../src-main/hosts/desktop/calls.ts';
import { confineNavigation } from '../../src-main/hosts/desktop/navigation.ts';
import { Windows } from '../../src-main/hosts/desktop/windows.ts';

type Listener = (...args: unknown[]) => unknown;

const fake = vi.hoisted(() => {
  const handlers = new Map<string, (...args: unknown[]) => unknown>();
  const appListeners = new Map<string, (...args: unknown[]) => unknown>();
  const opened: {
    options: unknown;
    webContents: { id: number; sent: unknown[][] };
    listeners: Map<string, (...args: unknown[]) => unknown>;
    contentsListeners: Map<string, (...args: unknown[]) => unknown>;
    addresses: string[];
    isProtected: boolean;
    isDestroyed: boolean;
  }[] = [];
  const externals: string[] = [];
  return { handlers, appListeners, opened, externals };
});

vi.mock('electron', () => ({
  app: { on: (name: string, listener: Listener) => fake.appListeners.set(name, listener) },
  ipcMain: {
    handle: (name: string, handler: Listener) => fake.handlers.set(name, handler),
    removeHandler: (name: string) => fake.handlers.delete(name),
  },
  nativeTheme: { shouldUseDarkColors: false },
  screen: {
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    getDisplayNearestPoint: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }),
  },
  shell: {
    openExternal: (address: string) => {
      fake.externals.push(address);
      return Promise.resolve();
    },
  },
  BrowserWindow: class {
    readonly webContents: object;
    readonly #record: (typeof fake.opened)[number];
    constructor(options: unknown) {
      const sent: unknown[][] = [];
      const listeners = new Map<string, Listener>();
      const contentsListeners = new Map<string, Listener>();
      const webContents = {
        id: fake.opened.length + 1,
        sent,
        send: (...args: unknown[]) => sent.push(args),
        on: (name: string, listener: Listener) => contentsListeners.set(name, listener),
      };
      this.webContents = webContents;
      this.#record = {
        options,
        webContents,
        listeners,
        contentsListeners,
        addresses: [],
        isProtected: false,
        isDestroyed: false,
      };
      fake.opened.push(this.#record);
    }
    loadURL(address: string) {
      this.#record.addresses.push(address);
      return Promise.resolve();
    }
    on(name: string, listener: Listener) {
      this.#record.listeners.set(name, listener);
    }
    once(name: string, listener: Listener) {
      this.#record.listeners.set(name, listener);
    }
    setContentProtection(isProtected: boolean) {
      this.#record.isProtected = isProtected;
    }
    close() {
      this.#record.listeners.get('closed')?.();
    }
    destroy() {
      this.#record.isDestroyed = true;
      this.#record.listeners.get('closed')?.();
    }
    isDestroyed() {
      return this.#record.isDestroyed;
    }
  },
}));

const clock = new VirtualClock(1_800_000_000_000);
const profile = (name: string) =>
  new BrowserProfile({ name, clock, kept: {}, onKeptChanged: () => undefined });

function startHost() {
  const gone: string[] = [];
  let givenUp = 0;
  const windows = new Windows({
    preload: '/opt/twofold/preload.cjs',
    icon: '/opt/twofold/icon.png',
    clock,
    keptProfile: profile('first'),
    newProfile: () => profile('other'),
    quickCopyProfile: () => profile('quick copy'),
    onPageGone: ({ name }) => gone.push(name),
    onGivenUp: () => {
      givenUp += 1;
    },
  });
  const calls: { method: string; input: unknown; browser: string }[] = [];
  const router: Router = (method, input, caller) => {
    calls.push({ method, input, browser: caller.browser.name });
    return Promise.resolve({ ok: true, value: null });
  };
  serveCalls(windows, router, () => undefined);
  const call = (event: unknown, ...args: unknown[]): unknown =>
    fake.handlers.get('twofold:call')?.(event, ...args);
  return { windows, calls, call, gone, givenUp: () => givenUp };
}

const mainFrame = { url: 'app://twofold/index.html', parent: null };

beforeEach(() => {
  fake.opened.length = 0;
  fake.externals.length = 0;
  fake.handlers.clear();
  fake.appListeners.clear();
});

describe('sender check', () => {
  it('hands a call of our own window to the router, with the profile of that window', async () => {
    const { windows, calls, call } = startHost();
    windows.showFirst();
    windows.openAnotherBrowser();
    await call({ sender: { id: 1 }, senderFrame: mainFrame }, 'app:status', {});
    await call({ sender: { id: 2 }, senderFrame: mainFrame }, 'app:status', {});
    expect(calls).toEqual([
      { method: 'app:status', input: {}, browser: 'first' },
      { method: 'app:status', input: {}, browser: 'other' },
    ]);
  });

  it.each([
    ['a frame that is gone', { sender: { id: 1 }, senderFrame: null }],
    ['an inner frame', { sender: { id: 1 }, senderFrame: { ...mainFrame, parent: {} } }],
    ['another origin', { sender: { id: 1 }, senderFrame: { ...mainFrame, url: 'https://example.com/' } }],
    [
      'an origin that begins like ours',
      { sender: { id: 1 }, senderFrame: { ...mainFrame, url: 'app://twofold.example/' } },
    ],
    ['a file', { sender: { id: 1 }, senderFrame: { ...mainFrame, url: 'file:///index.html' } }],
    ['an empty page', { sender: { id: 1 }, senderFrame: { ...mainFrame, url: '' } }],
    ['an unknown window', { sender: { id: 99 }, senderFrame: mainFrame }],
  ])('refuses %s before the router sees anything', async (_who, event) => {
    const { windows, calls, call } = startHost();
    windows.showFirst();
    expect(await call(event, 'app:status', {})).toMatchObject({
      ok: false,
      error: { code: 'sender-refused' },
    });
    expect(calls).toEqual([]);
  });

  it('refuses a window once it is closed', async () => {
    const { windows, calls, call } = startHost();
    windows.showFirst();
    fake.opened[0]?.listeners.get('closed')?.();
    expect(await call({ sender: { id: 1 }, senderFrame: mainFrame }, 'app:status', {})).toMatchObject({
      error: { code: 'sender-refused' },
    });
    expect(calls).toEqual([]);
  });

  it.each([[undefined], [7], [{ toString: 'app:status' }]])(
    'passes no method that is not text: %j',
    async (method) => {
      const { windows, calls, call } = startHost();
      windows.showFirst();
      await call({ sender: { id: 1 }, senderFrame: mainFrame }, method, {});
      expect(calls.map((one) => one.method)).toEqual(['']);
    },
  );
});

describe('windows', () => {
  it('are sandboxed, isolated, without Node and without web views, and show our own page', () => {
    const { windows } = startHost();
    windows.showFirst();
    windows.openAnotherBrowser();
    windows.toggleQuickCopy();
    expect(fake.opened.map(({ addresses }) => addresses)).toEqual([
      ['app://twofold/index.html'],
      ['app://twofold/index.html'],
      ['app://twofold/index.html#/quick-copy'],
    ]);
    for (const { options } of fake.opened) {
      expect(options).toMatchObject({
        webPreferences: {
          contextIsolation: true,
          sandbox: true,
          nodeIntegration: false,
          nodeIntegrationInSubFrames: false,
          webSecurity: true,
          webviewTag: false,
        },
      });
    }
  });

  it('give the quick-copy window a browser profile of its own, and its calls the same check', async () => {
    const { windows, calls, call } = startHost();
    windows.showFirst();
    windows.toggleQuickCopy();
    const quick = { ...mainFrame, url: 'app://twofold/index.html#/quick-copy' };
    await call({ sender: { id: 2 }, senderFrame: quick }, 'app:status', {});
    expect(calls).toEqual([{ method: 'app:status', input: {}, browser: 'quick copy' }]);
    windows.toggleQuickCopy();
    expect(await call({ sender: { id: 2 }, senderFrame: quick }, 'app:status', {})).toMatchObject({
      error: { code: 'sender-refused' },
    });
  });

  it('are kept out of recordings by the setting, those open now and later ones', () => {
    const { windows } = startHost();
    windows.showFirst();
    windows.protectContent(true);
    windows.openAnotherBrowser();
    windows.toggleQuickCopy();
    expect(fake.opened.map(({ isProtected }) => isProtected)).toEqual([true, true, true]);
    windows.protectContent(false);
    expect(fake.opened.map(({ isProtected }) => isProtected)).toEqual([false, false, false]);
  });

  it('end what a page had open when it is closed, loaded anew or breaks down, not when it moves within itself', () => {
    const { windows, gone } = startHost();
    windows.showFirst();
    const first = fake.opened[0];
    first?.contentsListeners.get('did-start-navigation')?.({ isMainFrame: true, isSameDocument: true });
    first?.contentsListeners.get('did-start-navigation')?.({ isMainFrame: false, isSameDocument: false });
    expect(gone).toEqual([]);
    first?.contentsListeners.get('did-start-navigation')?.({ isMainFrame: true, isSameDocument: false });
    expect(gone).toEqual(['first']);
    first?.contentsListeners.get('render-process-gone')?.({}, { reason: 'crashed' });
    expect(gone).toEqual(['first', 'first']);
    first?.listeners.get('closed')?.();
    expect(gone).toEqual(['first', 'first', 'first']);
  });

  it('open a page again that broke down, three times within a minute; then the window is closed and it is told', () => {
    const { windows, givenUp } = startHost();
    windows.showFirst();
    const first = fake.opened[0];
    const breakDown = () => first?.contentsListeners.get('render-process-gone')?.({}, { reason: 'oom' });
    for (let times = 0; times < 3; times += 1) breakDown();
    expect(first?.addresses).toHaveLength(4);
    clock.advance(61_000);
    breakDown();
    expect(first?.addresses, 'after a quiet minute it counts anew').toHaveLength(5);
    expect([first?.isDestroyed, givenUp()]).toEqual([false, 0]);
    for (let times = 0; times < 3; times += 1) breakDown();
    expect([first?.isDestroyed, givenUp()]).toEqual([true, 1]);
    expect(first?.addresses).toHaveLength(7);
  });

  it('close the quick-copy window when it loses the focus that it has had', () => {
    const { windows } = startHost();
    windows.toggleQuickCopy();
    const [quick] = fake.opened;
    expect(quick?.listeners.has('blur'), 'not before').toBe(false);
    quick?.listeners.get('focus')?.();
    quick?.listeners.get('blur')?.();
    windows.toggleQuickCopy();
    expect(fake.opened, 'it is opened anew').toHaveLength(2);
  });

  it('all hear every event', () => {
    const { windows } = startHost();
    windows.showFirst();
    windows.openAnotherBrowser();
    windows.send('app:changed', {});
    expect(fake.opened.map(({ webContents }) => webContents.sent)).toEqual([
      [['twofold:event', 'app:changed', {}]],
      [['twofold:event', 'app:changed', {}]],
    ]);
  });
});

describe('navigation', () => {
  function contents() {
    const listeners = new Map<string, Listener>();
    let openHandler: Listener = () => undefined;
    confineNavigation();
    fake.appListeners.get('web-contents-created')?.(
      {},
      {
        on: (name: string, listener: Listener) => listeners.set(name, listener),
        setWindowOpenHandler: (handler: Listener) => {
          openHandler = handler;
        },
      },
    );
    const isPrevented = (name: string, event: Record<string, unknown> = {}): boolean => {
      let prevented = false;
      listeners.get(name)?.({ ...event, preventDefault: () => (prevented = true) });
      return prevented;
    };
    return { isPrevented, open: (url: string) => openHandler({ url }) };
  }

  it.each([
    ['app://twofold/index.html', true],
    ['app://twofold/index.html#/console', false],
    ['app://twofold/index.html#/authenticator', false],
  ])(
    'lets the own page be loaded again, and be shown in frames, which the rehearsal has: %s',
    (url, isMainFrame) => {
      expect(contents().isPrevented('will-frame-navigate', { url, isMainFrame })).toBe(false);
    },
  );

  it.each([
    ['https://example.com/', true],
    ['file:///etc/passwd', true],
    ['app://twofold/assets/a.js', true],
    ['app://twofold.example/index.html', true],
    ['javascript:alert(1)', true],
    ['https://example.com/', false],
    ['app://twofold/assets/a.js', false],
    ['app://twofold/index.html?of=another', false],
    ['app://twofold.example/index.html', false],
    ['data:text/html,hello', false],
    ['about:srcdoc', false],
    ['blob:app://twofold/2f1c', false],
  ])('goes nowhere else: %s (main frame: %s)', (url, isMainFrame) => {
    expect(contents().isPrevented('will-frame-navigate', { url, isMainFrame })).toBe(true);
  });

  it('follows no redirect and attaches no web view', () => {
    const { isPrevented } = contents();
    expect(isPrevented('will-redirect', { url: 'app://twofold/index.html' })).toBe(true);
    expect(isPrevented('will-attach-webview')).toBe(true);
  });

  it('opens no window, and sends only addresses of the table to the browser', () => {
    const { open } = contents();
    expect(open('https://example.com/')).toEqual({ action: 'deny' });
    expect(open('app://twofold/index.html')).toEqual({ action: 'deny' });
    expect(fake.externals).toEqual([]);
    expect(open('https://www.rfc-editor.org/rfc/rfc6238')).toEqual({ action: 'deny' });
    expect(fake.externals).toEqual(['https://www.rfc-editor.org/rfc/rfc6238']);
  });
});
