// The network host: the console alone, for other people's browsers and programs, over TLS or behind a proxy that speaks it.
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Envelope, isMethodName, type MethodName } from '../../../src-shared/contract/index.ts';
import type { Clock } from '../../clock/clock.ts';
import type { Programs } from '../../console/programs.ts';
import type { EventHub } from '../../ipc/events.ts';
import { framesOf } from '../../ipc/frames-of.ts';
import type { Router } from '../../ipc/router.ts';
import { NETWORK_HEADERS } from '../content-security-policy.ts';
import { HttpRefusal, PRIVATE_HEADERS, sendEnvelope, sendJson } from '../http/answers.ts';
import { answerProgram, isForPrograms } from '../http/api/answer-program.ts';
import { bodyOf, browserOf, calledMethod, nothingHere, throwIf } from '../http/calls.ts';
import { parseCookies, writeCookie } from '../http/cookies.ts';
import { startEventStreams } from '../http/event-streams.ts';
import { sendPageFile } from '../http/page-files.ts';
import { checkEventStream, checkHost, checkPost } from '../http/request-guard.ts';
import { startWebServer, type WebServerOptions } from '../http/web-server.ts';
import { clientAddress, countedUnder, isNear, type Network } from './client-address.ts';
import type { Log } from './log.ts';
import type { CallOutcome, Metrics } from './metrics.ts';
import type { PublicAddress } from './public-address.ts';
import type { ReadinessProbe } from './readiness.ts';
import { requestScope } from './request-scope.ts';
import { TokenBuckets } from './token-buckets.ts';

/** Browsers take such cookies over https alone, from this very host, for all of its paths. */
const COOKIES = { prefix: '__Host-twofold', isSecure: true } as const;
const BROWSER_COOKIE = `${COOKIES.prefix}-browser`;
const BROWSER_ID_BYTES = 16;

const PAGE = '/console.html';
/** Their names change with what is in them. */
const KEPT_FILES = '/assets/';
const KEPT = 'public, max-age=31536000, immutable';

const MAX_CONNECTIONS = 10_000;
const MAX_STREAMS = 5_000;
const MAX_CALL_BYTES = 64 * 1024;
/** A list of users to import, or very many of them chosen: for whoever has a session. */
const MAX_ADMINISTRATION_BYTES = 8 * 1024 * 1024;

/** Calls that have a password hashed or compared, which costs much: they come out of a bucket of their own. */
export const HASHING_METHODS: ReadonlySet<MethodName> = new Set<MethodName>([
  'console:signIn',
  'console:changePassword',
  'console:changeMyPassword',
]);
const HASHING_PATHS: ReadonlySet<string> = new Set(['/api/v1/sign-in']);
/** All other calls together, for each that may have a password hashed. */
const CALLS_FOR_EACH_PASSWORD = 20;

export interface NetworkHostOptions {
  readonly router: Router;
  readonly programs: Programs;
  readonly events: EventHub;
  readonly clock: Clock;
  /** The folder of the built renderer. */
  readonly pages: string;
  readonly host: string;
  readonly port: number;
  readonly tls?: WebServerOptions['tls'];
  /** Under which names it answers, given the port that is listened on. */
  readonly addressOf: (port: number) => PublicAddress;
  /** The proxies that alone may ask; null: no proxy, browsers ask themselves. */
  readonly proxies: readonly Network[] | null;
  /** How many passwords of one client address are looked at in a minute, and at once. */
  readonly passwordsPerMinute: number;
  readonly readiness: ReadinessProbe;
  readonly metrics: Metrics;
  readonly log: Log;
}

export interface NetworkHost {
  readonly address: PublicAddress;
  readonly port: number;
  /** How many pages are open. */
  readonly streams: () => number;
  /** Ends the event streams, lets calls under way end, and stops listening. */
  readonly close: () => Promise<void>;
}

const outcomes: Partial<Record<string, CallOutcome>> = { internal: 'fault', 'storage-failed': 'unavailable' };
const outcomeOf = (envelope: Envelope<unknown>): CallOutcome =>
  envelope.ok ? 'done' : (outcomes[envelope.error.code] ?? 'refused');

/** An id that a proxy gave the request, so that its log and ours can be read together; else a new one. */
function requestId({ headers }: IncomingMessage, isBehindProxy: boolean): string {
  const given = headers['x-request-id'];
  return isBehindProxy && typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
}

/** Starts to listen. Throws TwofoldError `not-available` and `invalid-input`. */
export async function startNetworkHost(options: NetworkHostOptions): Promise<NetworkHost> {
  const { router, programs, clock, pages, proxies, readiness, metrics, log, passwordsPerMinute } = options;
  const streams = startEventStreams({
    events: options.events,
    clock,
    maxStreams: MAX_STREAMS,
    // Telling every page of every sign-in would have them all ask anew: of what others do, a page learns when it asks.
    audience: () => requestScope.getStore()?.browserId ?? null,
  });
  const passwords = new TokenBuckets(clock, { burst: passwordsPerMinute, perMinute: passwordsPerMinute });
  const perMinute = passwordsPerMinute * CALLS_FOR_EACH_PASSWORD;
  const calls = new TokenBuckets(clock, { burst: perMinute, perMinute });
  let address: PublicAddress = { scheme: 'https', hosts: [], origin: '' };

  function takeToken(limit: 'calls' | 'passwords', client: string): void {
    const waitMs = (limit === 'calls' ? calls : passwords).take(client);
    if (waitMs === null) return;
    metrics.countLimited(limit);
    const seconds = Math.ceil(waitMs / 1_000);
    throw new HttpRefusal(
      429,
      'not-available',
      `Too much was asked for from your network address. Nothing was changed. Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`,
      { retryAfterMs: waitMs },
    );
  }

  async function call(method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    throwIf(checkPost(request.headers, address));
    const cookies = parseCookies(request.headers.cookie);
    const maxBytes =
      method.startsWith('administration:') && cookies.has(`${COOKIES.prefix}-session`)
        ? MAX_ADMINISTRATION_BYTES
        : MAX_CALL_BYTES;
    const input = await bodyOf(request, maxBytes);
    const browser = browserOf(request.headers, cookies, COOKIES);
    const scope = requestScope.getStore();
    if (scope !== undefined) scope.browserId = cookies.get(BROWSER_COOKIE) ?? null;
    const envelope = await router(method, input, { browser });
    if (scope !== undefined) scope.outcome = envelope.ok ? 'ok' : envelope.error.code;
    metrics.noteCall(method, outcomeOf(envelope), secondsSince(scope?.startedAtMs));
    sendEnvelope(response, envelope, browser.setCookies());
  }

  const secondsSince = (startedAtMs = clock.monotonicMs()): number =>
    Math.max(0, clock.monotonicMs() - startedAtMs) / 1_000;

  async function sendPage(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const isPage = path === '/';
    if (path.endsWith('.html')) throw nothingHere();
    if (isPage && !parseCookies(request.headers.cookie).has(BROWSER_COOKIE)) {
      const id = randomBytes(BROWSER_ID_BYTES).toString('base64url');
      // Lax: else whoever follows a link of another site would get another one each time.
      const cookie = writeCookie(BROWSER_COOKIE, id, null, { isSecure: true, sameSite: 'Lax' });
      response.setHeader('Set-Cookie', cookie);
    }
    await sendPageFile(
      response,
      pages,
      isPage ? PAGE : path,
      request.method === 'GET',
      path.startsWith(KEPT_FILES) ? KEPT : 'private, no-cache',
    );
  }

  /** For load balancers, which ask by whatever name. */
  async function answerHealth(path: string, response: ServerResponse): Promise<void> {
    if (path === '/health') {
      sendJson(response, 200, { status: 'ok' });
      return;
    }
    const found = await readiness.ask();
    sendJson(
      response,
      found.isReady ? 200 : 503,
      found.isReady ? { status: 'ready' } : { status: 'not ready', reason: found.reason },
    );
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '';
    const path = target.split('?', 1)[0] ?? '';
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const connection = request.socket.remoteAddress;
    if (isReading && (path === '/health' || path === '/ready')) {
      if (proxies !== null && !isNear(connection, proxies)) throw nothingHere();
      return answerHealth(path, response);
    }
    const client = countedUnder(clientAddress(connection, request.headers, proxies));
    const scope = requestScope.getStore();
    if (scope !== undefined) scope.client = client;
    throwIf(checkHost(request.headers, address));
    const method = request.method === 'POST' ? calledMethod(target) : null;
    if (isForPrograms(path)) {
      takeToken('calls', client);
      if (HASHING_PATHS.has(path)) takeToken('passwords', client);
      const door = { programs, clock, onFault: noteFault, origin: address.origin };
      await answerProgram(door, request, response);
      metrics.noteProgram(response.statusCode, secondsSince(scope?.startedAtMs));
    } else if (method !== null) {
      takeToken('calls', client);
      if (isMethodName(method) && HASHING_METHODS.has(method)) takeToken('passwords', client);
      await call(method, request, response);
    } else if (request.method === 'GET' && path === '/events') {
      takeToken('calls', client);
      throwIf(checkEventStream(request.headers, address));
      const browserId = parseCookies(request.headers.cookie).get(BROWSER_COOKIE);
      if (browserId === undefined) response.writeHead(204, PRIVATE_HEADERS).end();
      else streams.add(browserId, response, PRIVATE_HEADERS);
    } else if (isReading) await sendPage(request, response, path);
    else throw nothingHere();
  }

  const noteFault = (where: string, error: unknown): void =>
    log('error', 'fault', { where, frames: framesOf(error) });

  /** Outside of the request's scope: its id stands in its answer. */
  const noteFailure = (error: unknown, response: ServerResponse): void =>
    log('error', 'fault', {
      where: 'network',
      requestId: String(response.getHeader('X-Request-Id')),
      frames: framesOf(error),
    });

  /** What was asked for, without anything that a person typed. */
  function whatOf(request: IncomingMessage): string {
    const target = request.url ?? '';
    const method = calledMethod(target);
    if (method !== null) return isMethodName(method) ? method : 'call';
    const path = target.split('?', 1)[0] ?? '';
    if (isForPrograms(path)) return `${request.method ?? ''} api`;
    return ['/', '/events', '/health', '/ready'].includes(path) ? path : 'file';
  }

  /** Calls and programs are logged, and whatever was refused; files, streams and questions after health are many. */
  function noteEnd(request: IncomingMessage, response: ServerResponse): void {
    const scope = requestScope.getStore();
    const what = whatOf(request);
    const isQuiet = !what.includes(':') && !what.endsWith(' api') && response.statusCode < 400;
    if (scope === undefined || isQuiet || what === '/ready') return;
    log('info', 'request', {
      what,
      status: response.statusCode,
      outcome: scope.outcome,
      ms: Math.round(secondsSince(scope.startedAtMs) * 1_000),
      client: scope.client,
    });
  }

  const server = await startWebServer({
    host: options.host,
    port: options.port,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    maxConnections: MAX_CONNECTIONS,
    isBehindProxy: proxies !== null,
    headers: NETWORK_HEADERS,
    portAdvice: 'Choose another with --listen.',
    clock,
    answer: (request, response) => {
      const id = requestId(request, proxies !== null);
      const scope = { id, browserId: null, startedAtMs: clock.monotonicMs(), client: null, outcome: null };
      return requestScope.run(scope, async () => {
        response.setHeader('X-Request-Id', id);
        if (readiness.isStopping) response.setHeader('Connection', 'close');
        response.on('close', () => requestScope.run(scope, () => noteEnd(request, response)));
        await answer(request, response);
      });
    },
    onFault: noteFailure,
  });
  address = options.addressOf(server.port);

  return {
    address,
    port: server.port,
    streams: () => streams.count(),
    close: () => {
      streams.close();
      return server.close();
    },
  };
}
