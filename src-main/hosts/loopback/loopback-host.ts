// The loopback host: the same services and the same pages as on the desktop, on 127.0.0.1, for the user's own browser.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { MAX_IMPORT_BYTES } from '../../../src-shared/contract/transfer.ts';
import { decodeWire } from '../../../src-shared/wire.ts';
import type { Clock } from '../../clock/clock.ts';
import type { EventHub } from '../../ipc/events.ts';
import type { Router } from '../../ipc/router.ts';
import type { Programs } from '../../console/programs.ts';
import { HttpRefusal, PRIVATE_HEADERS, sendJson, sendRefusal } from './answers.ts';
import { answerProgram, isForPrograms } from './api/answer-program.ts';
import { browserName } from './browser-name.ts';
import { createCookieBrowser } from './cookie-browser.ts';
import { parseCookies, writeCookie } from './cookies.ts';
import { startEventStreams } from './event-streams.ts';
import { LaunchTokens } from './launch-tokens.ts';
import { sendPageFile } from './page-files.ts';
import { readBody } from './read-body.ts';
import { checkEventStream, checkHost, checkPost, type Refusal } from './request-guard.ts';

const LOOPBACK = '127.0.0.1';
/** The largest file in base64, and room for what is around it. */
export const MAX_CALL_BYTES = Math.ceil((MAX_IMPORT_BYTES * 4) / 3) + 64 * 1024;
const MAX_LAUNCH_BYTES = 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 10_000;
const MAX_CONNECTIONS = 256;
/** Calls under way get this long to end when the host closes. */
const CLOSING_MS = 5_000;

const LaunchRequest = z.strictObject({ token: z.string().max(100) });

export interface LoopbackOptions {
  readonly router: Router;
  readonly events: EventHub;
  /** Answer other programs under /api/v1. Absent: nothing is there for them. */
  readonly programs?: Programs;
  readonly clock: Clock;
  /** The folder of the built renderer. */
  readonly pages: string;
  /** Of this data folder's cookies: see `readCookiePrefix`. */
  readonly cookiePrefix: string;
  /** 0 or left out: the system picks a free one. */
  readonly port?: number;
  /** Told of faults of ours, never with a token or input in it. */
  readonly onFault: (where: string, error: unknown) => void;
}

export interface LoopbackHost {
  /** Where it listens, for instance http://127.0.0.1:41234. */
  readonly address: string;
  /** A one-time address for one more browser, good for five minutes. */
  readonly newLaunchAddress: () => string;
  /** Ends the event streams, lets calls under way end, and stops listening. */
  readonly close: () => Promise<void>;
}

const notLaunched = (): HttpRefusal =>
  new HttpRefusal(
    401,
    'sender-refused',
    'This page is not connected to Twofold. Open the address that Twofold printed when it started; ' +
      'nothing was changed.',
  );

const throwIf = (refusal: Refusal | null): void => {
  if (refusal !== null) throw new HttpRefusal(refusal.status, 'sender-refused', refusal.message);
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is taken by another program. Choose another with --port, or leave it out.`
          : `Twofold cannot listen on ${LOOPBACK}:${port} (${error.code ?? 'unknown reason'}).`;
      reject(new TwofoldError('not-available', reason, undefined, error));
    });
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      const bound = server.address();
      if (bound === null || typeof bound === 'string') reject(new Error('The server has no port.'));
      else resolve(bound.port);
    });
  });

/** Starts to listen. Throws TwofoldError `not-available` where the port cannot be had. */
export async function startLoopbackHost(options: LoopbackOptions): Promise<LoopbackHost> {
  const { router, clock, pages, cookiePrefix } = options;
  const tokens = new LaunchTokens(clock);
  const streams = startEventStreams(options.events, clock);
  const launchCookie = `${cookiePrefix}-launch`;
  let port = 0;

  /** The launch cookie of a browser that opened a printed address, or a refusal. */
  function launchedBrowser(cookies: ReadonlyMap<string, string>): string {
    const cookie = cookies.get(launchCookie);
    if (cookie === undefined || !tokens.isLaunched(cookie)) throw notLaunched();
    return cookie;
  }

  async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<unknown> {
    const body = await readBody(request, maxBytes);
    if (body === null) throw new HttpRefusal(413, 'invalid-input', 'Not accepted: too large.');
    return decodeWire(body);
  }

  async function launch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    throwIf(checkPost(request.headers));
    const given = LaunchRequest.safeParse(await bodyOf(request, MAX_LAUNCH_BYTES));
    const cookie = given.success ? tokens.redeem(given.data.token) : null;
    if (cookie === null) {
      throw new HttpRefusal(
        401,
        'sender-refused',
        'This address was used before or is too old. Start Twofold again for a new one, ' +
          'or ask for another browser in a page that is still connected.',
      );
    }
    sendJson(response, 200, { ok: true, value: {} }, [writeCookie(launchCookie, cookie, null)]);
  }

  async function call(method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    throwIf(checkPost(request.headers));
    const cookies = parseCookies(request.headers.cookie);
    launchedBrowser(cookies);
    const input = await bodyOf(request, MAX_CALL_BYTES);
    const brands = request.headers['sec-ch-ua'];
    const name = browserName(request.headers['user-agent'], typeof brands === 'string' ? brands : undefined);
    const browser = createCookieBrowser(name, cookiePrefix, cookies);
    const envelope = await router(method, input, { browser });
    sendJson(response, 200, envelope, browser.setCookies());
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    throwIf(checkHost(request.headers, port));
    const target = request.url ?? '';
    const path = target.split('?', 1)[0] ?? '';
    if (options.programs !== undefined && isForPrograms(path)) {
      await answerProgram({ programs: options.programs, clock, onFault: options.onFault }, request, response);
    } else if (request.method === 'GET' && path === '/events') {
      throwIf(checkEventStream(request.headers));
      const browser = launchedBrowser(parseCookies(request.headers.cookie));
      streams.add(browser, response, PRIVATE_HEADERS);
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      await sendPageFile(response, pages, target, request.method === 'GET');
    } else if (request.method === 'POST' && target === '/launch') {
      await launch(request, response);
    } else if (request.method === 'POST' && target.startsWith('/call/')) {
      await call(target.slice('/call/'.length).replace('%3A', ':'), request, response);
    } else {
      throw new HttpRefusal(405, 'unknown-method', 'There is nothing here that answers this.');
    }
  }

  function answerFailure(response: ServerResponse, error: unknown): void {
    if (response.headersSent || response.destroyed) {
      response.destroy();
    } else if (error instanceof HttpRefusal) {
      sendRefusal(response, error);
    } else if (error instanceof TwofoldError) {
      sendRefusal(response, new HttpRefusal(400, error.code, error.message));
    } else {
      options.onFault('loopback', error);
      sendRefusal(
        response,
        new HttpRefusal(500, 'internal', 'Something went wrong inside Twofold. Try again.'),
      );
    }
  }

  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        // A browser that went away in the middle is no fault of anyone.
        if (request.destroyed && !request.complete) return;
        answerFailure(response, error);
      });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  port = await listen(server, options.port ?? 0);
  const address = `http://${LOOPBACK}:${port}`;

  return {
    address,
    newLaunchAddress: () => `${address}/#launch=${tokens.issue()}`,
    close: () =>
      new Promise((resolve) => {
        streams.close();
        const cancel = clock.after(CLOSING_MS, () => server.closeAllConnections());
        server.close(() => {
          cancel();
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
