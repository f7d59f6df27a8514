// Stands for Electron's `BrowserWindow` and its web contents: each one is a page of the window server.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Navigation, OneWindow } from '../messages.ts';
import { strict } from '../strict.ts';
import { standInApp } from './app.ts';
import { PreventableEvent } from './event.ts';
import { answerParent, parent } from './parent.ts';

/** The settings without which a window would be unsafe; the stand-in opens no other. */
const Options = z.object({
  width: z.number(),
  height: z.number(),
  title: z.string().default(''),
  show: z.boolean().default(true),
  webPreferences: z.object({
    preload: z.string(),
    contextIsolation: z.literal(true),
    sandbox: z.literal(true),
    nodeIntegration: z.literal(false),
  }),
});

const ignoreClosed = (): undefined => undefined;

class StandInContents extends EventEmitter {
  readonly id: number;
  windowOpenHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  /** Electron throttles pages that cannot be seen, unless it is told not to. */
  isThrottled = true;

  constructor(id: number) {
    super();
    this.id = id;
  }

  send(channel: string, ...args: unknown[]): void {
    parent.ask('window:send', { id: this.id, channel, args: structuredClone(args) }).catch(ignoreClosed);
  }

  setBackgroundThrottling(allowed: boolean): void {
    this.isThrottled = allowed;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
}

const open = new Map<number, StandInWindow>();
let lastId = 0;
/** The window that has the focus. */
let focused: StandInWindow | null = null;

function moveFocus(to: StandInWindow | null): void {
  const from = focused;
  if (from === to) return;
  focused = to;
  from?.emit('blur');
  to?.emit('focus');
}

class StandInWindow extends EventEmitter {
  readonly id: number;
  readonly contents: StandInContents;
  readonly webContents: StandInContents;
  readonly #options: z.infer<typeof Options>;
  #title: string;
  #isVisible = false;
  #isLoaded = false;
  #wasShown = false;
  #isProtected = false;

  constructor(options: unknown) {
    super();
    this.#options = Options.parse(options);
    this.#title = this.#options.title;
    lastId += 1;
    this.id = lastId;
    this.contents = new StandInContents(this.id);
    this.webContents = strict('webContents', this.contents);
    open.set(this.id, this);
    standInApp.emit('web-contents-created', new PreventableEvent(), this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    const { width, height, webPreferences, show } = this.#options;
    const isFirst = !this.#isLoaded;
    this.#isLoaded = true;
    this.contents.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false });
    if (!isFirst) {
      await parent.ask('window:load', { id: this.id, url });
      return;
    }
    const preload = readFileSync(webPreferences.preload, 'utf8');
    await parent.ask('window:open', { id: this.id, url, preload, width, height });
    this.emit('ready-to-show');
    this.contents.emit('did-finish-load');
    if (show) this.show();
  }

  show(): void {
    this.#isVisible = true;
    moveFocus(this);
    if (this.#wasShown) return;
    this.#wasShown = true;
    parent.ask('window:shown', { id: this.id }).catch(ignoreClosed);
  }

  hide(): void {
    this.#isVisible = false;
    if (focused === this) moveFocus(null);
  }

  focus(): void {
    moveFocus(this);
    parent.ask('window:focus', { id: this.id }).catch(ignoreClosed);
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  setContentProtection(enable: boolean): void {
    this.#isProtected = enable;
  }

  isContentProtected(): boolean {
    return this.#isProtected;
  }

  getBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 0, y: 0, width: this.#options.width, height: this.#options.height };
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {
    // Never minimised here.
  }

  isDestroyed(): boolean {
    return !open.has(this.id);
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  async close(): Promise<void> {
    await parent.ask('window:close', { id: this.id });
    this.hasClosed();
  }

  destroy(): void {
    void this.close();
  }

  hasClosed(): void {
    if (!open.delete(this.id)) return;
    if (focused === this) focused = null;
    this.contents.emit('destroyed');
    this.emit('closed');
    if (open.size === 0) standInApp.allWindowsClosed();
  }
}

export function contentsById(id: number): object {
  return open.get(id)?.webContents ?? {};
}

/** The contents whose frame it is; frames are made by `frameOf`. */
export const standInWebContents = {
  fromFrame: (frame: object): object | undefined => framed.get(frame),
};

const framed = new WeakMap<object, object>();

/** A frame of the window's page, as the app sees it. */
export function frameOf(id: number, url: string, isMainFrame: boolean): object {
  const frame = { url, parent: isMainFrame ? null : {} };
  framed.set(frame, contentsById(id));
  return frame;
}

/** The window that has the focus, or the only one. */
export const focusedId = (): number => focused?.id ?? [...open.keys()][0] ?? 0;

/** `new BrowserWindow(…)` answers a window without members that the stand-in lacks. */
export const standInBrowserWindow = strict(
  'BrowserWindow',
  class extends StandInWindow {
    constructor(options: unknown) {
      super(options);
      return strict('BrowserWindow', this);
    }

    static getAllWindows(): readonly StandInWindow[] {
      return [...open.values()];
    }

    static getFocusedWindow(): StandInWindow | null {
      return focused;
    }
  },
);

standInApp.closeAllWindows = async () => {
  await Promise.all([...open.values()].map((window) => window.close()));
};

answerParent({
  'window:closed': (body) => open.get(OneWindow.parse(body).id)?.hasClosed(),
  /** Whether the app lets the page go there. */
  'window:may-navigate': (body) => {
    const { id, url, isMainFrame } = Navigation.parse(body);
    const event = Object.assign(new PreventableEvent(), { url, isMainFrame });
    open.get(id)?.contents.emit('will-frame-navigate', event);
    if (isMainFrame) open.get(id)?.contents.emit('will-navigate', event);
    return !event.defaultPrevented;
  },
  'window:navigating': (body) => {
    const { id, url, isMainFrame } = Navigation.parse(body);
    open.get(id)?.contents.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false });
  },
  /** What a test sees of the windows. */
  'desktop:windows': () =>
    [...open.values()].map((window) => ({
      title: window.getTitle(),
      isVisible: window.isVisible(),
      isProtected: window.isContentProtected(),
    })),
  /** The user turns to another program. */
  'desktop:blur': () => moveFocus(null),
  /** The page of the window with this title breaks down. */
  'desktop:crash': (body) => {
    const title = z.string().parse(body);
    for (const window of [...open.values()].filter((one) => one.getTitle() === title)) {
      window.contents.emit('render-process-gone', new PreventableEvent(), { reason: 'crashed', exitCode: 5 });
    }
  },
  'window:may-open': (body) => {
    const { id, url } = Navigation.parse(body);
    return open.get(id)?.contents.windowOpenHandler({ url }).action !== 'deny';
  },
});
