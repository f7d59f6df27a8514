// The loopback host: the same services and the same pages as on the desktop, on 127.0.0.1, for the user's own browser.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { MAX_IMPORT_BYTES } from '../../../src-shared/contract/transfer.ts';
import type { Clock } from '../../clock/clock.ts';
import type { Programs } from '../../console/programs.ts';
import type { EventHub } from '../../ipc/events.ts';
import type { Router } from '../../ipc/router.ts';
import { PAGE_HEADERS } from '../content-security-policy.ts';
import { HttpRefusal, PRIVATE_HEADERS, sendEnvelope, sendJson } from '../http/answers.ts';
import { answerProgram, isForPrograms } from '../http/api/answer-program.ts';
import { bodyOf, browserOf, calledMethod, nothingHere, throwIf } from '../http/calls.ts';
import { parseCookies, writeCookie } from '../http/cookies.ts';
import { startEventStreams } from '../http/event-streams.ts';
import { sendPageFile } from '../http/page-files.ts';
import { checkEventStream, checkHost, checkPost, loopbackAddress } from '../http/request-guard.ts';
import { startWebServer } from '../http/web-server.ts';
import { LaunchTokens } from './launch-tokens.ts';

const LOOPBACK = '127.0.0.1';
/** The largest file in base64, and room for what is around it. */
export const MAX_CALL_BYTES = Math.ceil((MAX_IMPORT_BYTES * 4) / 3) + 64 * 1024;
const MAX_LAUNCH_BYTES = 1024;
const MAX_CONNECTIONS = 256;

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

/** Starts to listen. Throws TwofoldError `not-available` where the port cannot be had. */
export async function startLoopbackHost(options: LoopbackOptions): Promise<LoopbackHost> {
  const { router, clock, pages, cookiePrefix } = options;
  const tokens = new LaunchTokens(clock);
  const streams = startEventStreams({ events: options.events, clock });
  const launchCookie = `${cookiePrefix}-launch`;
  let address = loopbackAddress(0);

  /** The launch cookie of a browser that opened a printed address, or a refusal. */
  function launchedBrowser(cookies: ReadonlyMap<string, string>): string {
    const cookie = cookies.get(launchCookie);
    if (cookie === undefined || !tokens.isLaunched(cookie)) throw notLaunched();
    return cookie;
  }

  async function launch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    throwIf(checkPost(request.headers, address));
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
    sendJson(
      response,
      200,
      { ok: true, value: {} },
      { setCookies: [writeCookie(launchCookie, cookie, null, { isSecure: false })] },
    );
  }

  async function call(method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    throwIf(checkPost(request.headers, address));
    const cookies = parseCookies(request.headers.cookie);
    launchedBrowser(cookies);
    const input = await bodyOf(request, MAX_CALL_BYTES);
    const browser = browserOf(request.headers, cookies, { prefix: cookiePrefix, isSecure: false });
    const envelope = await router(method, input, { browser });
    sendEnvelope(response, envelope, browser.setCookies());
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    throwIf(checkHost(request.headers, address));
    const target = request.url ?? '';
    const method = calledMethod(target);
    const path = target.split('?', 1)[0] ?? '';
    if (options.programs !== undefined && isForPrograms(path)) {
      await answerProgram({ programs: options.programs, clock, onFault: options.onFault }, request, response);
    } else if (request.method === 'GET' && path === '/events') {
      throwIf(checkEventStream(request.headers, address));
      const browser = launchedBrowser(parseCookies(request.headers.cookie));
      streams.add(browser, response, PRIVATE_HEADERS);
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      await sendPageFile(response, pages, target, request.method === 'GET');
    } else if (request.method === 'POST' && target === '/launch') {
      await launch(request, response);
    } else if (request.method === 'POST' && method !== null) {
      await call(method, request, response);
    } else {
      throw nothingHere();
    }
  }

  const server = await startWebServer({
    host: LOOPBACK,
    port: options.port ?? 0,
    maxConnections: MAX_CONNECTIONS,
    headers: PAGE_HEADERS,
    portAdvice: 'Choose another with --port, or leave it out.',
    clock,
    answer,
    onFault: (error) => options.onFault('loopback', error),
  });
  address = loopbackAddress(server.port);
  const origin = `http://${LOOPBACK}:${server.port}`;

  return {
    address: origin,
    newLaunchAddress: () => `${origin}/#launch=${tokens.issue()}`,
    close: () => {
      streams.close();
      return server.close();
    },
  };
}
