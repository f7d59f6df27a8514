// The parent's half of the stand-in for Electron: starts the compiled main under plain Node and shows its windows as
// pages of Chromium.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, BrowserContext, Frame, Page, Request, Route } from 'playwright-core';
import { z } from 'zod';
import { CHROMIUM_ORIGIN, isAppAddress, toApp, toChromium } from './address.ts';
import { type Link, openLink } from './link.ts';
import { type DesktopHooks, desktopHooks } from './desktop-hooks.ts';
import { AppResponse, ClipboardText, LoadWindow, OneWindow, OpenWindow, SendToWindow } from './messages.ts';
import { CLOSE_BINDING, DELIVER_FUNCTION, INVOKE_BINDING, preloadScript } from './preload-runtime.ts';

const root = join(import.meta.dirname, '../..');
const CLIPBOARD_PAGE = 'https://clipboard.app.invalid/';

/** Electron's permissions as Chromium names them, where a page could ask for them. */
const permissions = [
  { permission: 'clipboard-sanitized-write', media: [], chromium: 'clipboard-write' },
  { permission: 'clipboard-read', media: [], chromium: 'clipboard-read' },
  { permission: 'geolocation', media: [], chromium: 'geolocation' },
  { permission: 'notifications', media: [], chromium: 'notifications' },
  { permission: 'media', media: ['video'], chromium: 'camera' },
  { permission: 'media', media: ['audio'], chromium: 'microphone' },
] as const;

export interface ElectronHostOptions {
  readonly browser: Browser;
  /** Of the whole program, not added to this one's. */
  readonly env: Readonly<Record<string, string>>;
  /** After the app itself, as the system adds them. */
  readonly args?: readonly string[];
  /** What an earlier run left in the browser storage of the app's own origin. */
  readonly storage: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;
  /** Called for each new context, before it has pages. */
  readonly onContext: (context: BrowserContext) => void;
}

export interface ElectronHost {
  readonly context: BrowserContext;
  /** What the user does to the desktop around the windows, and sees of it. */
  readonly desktop: DesktopHooks;
  /** Resolves with the next window that the app shows. Rejects with what the app said when it ended instead. */
  nextWindow(): Promise<Page>;
  readClipboard(): Promise<string>;
  /** Asks the app to quit, waits until it has, and answers its browser storage. */
  quit(): Promise<ElectronHostOptions['storage']>;
  readonly ended: Promise<{ exitCode: number | null; errors: string }>;
}

const Granted = z.boolean();
const AllGranted = z.array(z.boolean());

/** Starts the app. Its windows come by `nextWindow`. */
export async function startElectronHost(options: ElectronHostOptions): Promise<ElectronHost> {
  const { browser } = options;
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    ...(options.storage === undefined ? {} : { storageState: options.storage }),
  });
  options.onContext(context);
  const windows = new Windows(context);
  let hasStarted = (): void => undefined;
  const started = new Promise<void>((resolve) => {
    hasStarted = resolve;
  });
  const clipboard = new BrowserClipboard(browser);

  const child = spawn(
    process.execPath,
    [
      '--import',
      join(import.meta.dirname, 'register.ts'),
      join(root, 'out/main/index.js'),
      ...(options.args ?? []),
    ],
    {
      cwd: root,
      env: options.env,
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      serialization: 'advanced',
    },
  );
  const link = openLink(endpointOf(child), {
    'app:started': () => hasStarted(),
    'window:open': (body) => windows.open(OpenWindow.parse(body), link),
    'window:load': (body) => windows.load(LoadWindow.parse(body)),
    'window:shown': (body) => windows.shown(OneWindow.parse(body).id),
    'window:focus': (body) => windows.page(OneWindow.parse(body).id)?.bringToFront(),
    'window:close': (body) => windows.page(OneWindow.parse(body).id)?.close(),
    'window:send': (body) => windows.send(SendToWindow.parse(body)),
    'clipboard:read': () => clipboard.read(),
    'clipboard:write': (body) => clipboard.write(ClipboardText.parse(body)),
    external: () => undefined,
  });
  await context.route('**/*', (route, request) => windows.answer(route, request, link));
  context.on('page', (page) => void windows.handlePopup(page, link));

  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<{ exitCode: number | null; errors: string }>((resolve) => {
    child.once('close', (exitCode) => {
      link.end('The app has ended.');
      windows.end(`The app ended with exit code ${exitCode ?? 'none'}. ${errors}`);
      resolve({ exitCode, errors });
    });
  });

  return {
    context,
    ended,
    desktop: desktopHooks(async (name, body) => {
      // Before, nobody listens there.
      await Promise.race([started, ended]);
      return link.ask(name, body);
    }),
    nextWindow: () => windows.next(),
    readClipboard: () => clipboard.read(),
    async quit() {
      const storage = await context.storageState({ indexedDB: true }).catch(() => undefined);
      await link.ask('quit').catch(() => undefined);
      await ended;
      await context.close();
      await clipboard.close();
      return storage;
    },
  };
}

const endpointOf = (child: ChildProcess) => ({
  send: (message: unknown) => {
    if (child.connected && typeof message === 'object' && message !== null) child.send(message);
  },
  listen: (listener: (message: unknown) => void) => {
    child.on('message', listener);
  },
});

/** The pages that stand for the app's windows. */
class Windows {
  readonly #context: BrowserContext;
  readonly #pages = new Map<number, Page>();
  /** Pages whose present navigation main asked for. */
  readonly #loading = new Set<Page>();
  readonly #shown: Page[] = [];
  readonly #shownEarly = new Set<number>();
  readonly #waiting: { resolve: (page: Page) => void; reject: (error: Error) => void }[] = [];
  #ended: string | null = null;
  #granted = '';

  constructor(context: BrowserContext) {
    this.#context = context;
  }

  page(id: number): Page | undefined {
    return this.#pages.get(id);
  }

  async load({ id, url }: z.infer<typeof LoadWindow>): Promise<void> {
    const page = this.#pages.get(id);
    if (page === undefined) return;
    this.#loading.add(page);
    // A navigation within the document would not load it anew.
    await page.goto('about:blank');
    await page.goto(toChromium(url));
    this.#loading.delete(page);
  }

  async open({ id, url, preload, width, height }: z.infer<typeof OpenWindow>, link: Link): Promise<void> {
    await this.#applyPermissions(link);
    const page = await this.#newPage(id);
    await page.setViewportSize({ width, height });
    await page.exposeBinding(INVOKE_BINDING, async ({ frame }, channel: string, args: unknown[]) => {
      const answer = await link.ask('invoke', {
        id,
        frame: frame.isDetached()
          ? null
          : { url: toApp(frame.url()), isMainFrame: frame === page.mainFrame() },
        channel,
        args,
      });
      // Electron asks main when a page wants something; Chromium is told beforehand.
      await this.#applyPermissions(link);
      return answer;
    });
    await page.exposeBinding(CLOSE_BINDING, () => page.close());
    await page.addInitScript(preloadScript(preload));
    page.on('close', () => {
      this.#pages.delete(id);
      link.ask('window:closed', { id }).catch(() => undefined);
    });
    this.#loading.add(page);
    await page.goto(toChromium(url));
    this.#loading.delete(page);
    if (this.#shownEarly.delete(id)) this.shown(id);
  }

  shown(id: number): void {
    const page = this.#pages.get(id);
    // Shown before there is a page in it: it is seen once there is.
    if (page === undefined || this.#loading.has(page)) {
      this.#shownEarly.add(id);
      return;
    }
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#shown.push(page);
    else waiting.resolve(page);
  }

  next(): Promise<Page> {
    const shown = this.#shown.shift();
    if (shown !== undefined) return Promise.resolve(shown);
    if (this.#ended !== null) return Promise.reject(new Error(this.#ended));
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  end(reason: string): void {
    this.#ended = reason;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
  }

  async send({ id, channel, args }: z.infer<typeof SendToWindow>): Promise<void> {
    await this.#pages.get(id)?.evaluate(
      ([name, sentChannel, sentArgs]) => {
        const deliver: unknown = Reflect.get(window, name);
        if (typeof deliver === 'function') Reflect.apply(deliver, undefined, [sentChannel, sentArgs]);
      },
      [DELIVER_FUNCTION, channel, args] as const,
    );
  }

  /** Every request of the pages: to the app's own protocol, or through the app's rules for navigation, or nowhere. */
  async answer(route: Route, request: Request, link: Link): Promise<void> {
    try {
      if (request.isNavigationRequest() && !(await this.#mayNavigate(request, link))) {
        await route.abort('aborted');
      } else if (isAppAddress(request.url())) {
        const asked = { url: toApp(request.url()), method: request.method(), headers: request.headers() };
        const { status, headers, body } = AppResponse.parse(await link.ask('request', asked));
        await route.fulfill({ status, headers, body: Buffer.from(body) });
      } else {
        await route.abort('blockedbyclient');
      }
    } catch (error) {
      // A page that was closed meanwhile, or an app that has ended, waits for no answer.
      if (this.#ended === null && [...this.#pages.values()].some((page) => !page.isClosed())) throw error;
    }
  }

  /** A page that the app did not open came up: Electron would have asked the app first. */
  async handlePopup(page: Page, link: Link): Promise<void> {
    const opener = await page.opener();
    if (opener === null) return;
    const id = [...this.#pages].find(([, known]) => known === opener)?.[0] ?? 0;
    const mayOpen = Granted.parse(
      await link.ask('window:may-open', { id, url: toApp(page.url()), isMainFrame: true }),
    );
    if (mayOpen) throw new Error('The app allows pages to open windows; the stand-in cannot show those.');
    await page.close();
  }

  async #newPage(id: number): Promise<Page> {
    const page = await this.#context.newPage();
    this.#pages.set(id, page);
    return page;
  }

  async #mayNavigate(request: Request, link: Link): Promise<boolean> {
    let frame: Frame;
    try {
      frame = request.frame();
    } catch {
      // A window that a page has just opened has no frame yet; none of those is shown.
      return false;
    }
    const page = frame.page();
    const isMainFrame = frame === page.mainFrame();
    if (isMainFrame && this.#loading.has(page)) return true;
    const id = [...this.#pages].find(([, known]) => known === page)?.[0];
    if (id === undefined) return false;
    const navigation = { id, url: toApp(request.url()), isMainFrame };
    const mayNavigate = Granted.parse(await link.ask('window:may-navigate', navigation));
    if (mayNavigate) await link.ask('window:navigating', navigation);
    return mayNavigate;
  }

  async #applyPermissions(link: Link): Promise<void> {
    const url = toApp(`${CHROMIUM_ORIGIN}/index.html`);
    const asked = permissions.map(({ permission, media }) => ({ permission, media: [...media] }));
    const answers = AllGranted.parse(await link.ask('permissions', { asked, url }));
    const granted = permissions.filter((_one, index) => answers[index]).map(({ chromium }) => chromium);
    if (granted.join() === this.#granted) return;
    this.#granted = granted.join();
    await this.#context.clearPermissions();
    await this.#context.grantPermissions(granted, { origin: CHROMIUM_ORIGIN });
  }
}

/** The clipboard of the headless browser, which its pages paste from: the nearest to the user's own. */
class BrowserClipboard {
  readonly #browser: Browser;
  #page: Promise<Page> | null = null;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async read(): Promise<string> {
    const page = await this.#open();
    return page.evaluate(() => navigator.clipboard.readText());
  }

  async write(text: string): Promise<void> {
    const page = await this.#open();
    await page.evaluate((written) => navigator.clipboard.writeText(written), text);
  }

  async close(): Promise<void> {
    await (await this.#page)?.context().close();
  }

  #open(): Promise<Page> {
    this.#page ??= this.#start();
    return this.#page;
  }

  async #start(): Promise<Page> {
    const context = await this.#browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    await context.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    );
    const page = await context.newPage();
    await page.goto(CLIPBOARD_PAGE);
    return page;
  }
}
