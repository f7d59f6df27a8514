// A server that speaks HTTP or HTTPS: its limits, what it answers when something goes wrong, and how it ends.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import type { Clock } from '../../clock/clock.ts';
import { HttpRefusal, sendRefusal } from './answers.ts';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 10_000;
/** Longer than any proxy keeps a connection by default: a request on one that has just been closed would fail. */
const KEEP_ALIVE_FOR_PROXIES_MS = 75_000;
/** Calls under way get this long to end when the server closes. */
const CLOSING_MS = 5_000;

export interface WebServerOptions {
  readonly host: string;
  /** 0: the system picks a free one. */
  readonly port: number;
  /** In PEM; absent: plain HTTP. */
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array };
  readonly maxConnections: number;
  /** A proxy asks, over connections that it uses again. */
  readonly isBehindProxy?: boolean;
  /** What every answer is sent with. */
  readonly headers: Readonly<Record<string, string>>;
  /** How to choose another port, for the sentence that says that this one is taken. */
  readonly portAdvice: string;
  readonly clock: Clock;
  /** What it throws is answered as a refusal; what is no TwofoldError is a fault of ours. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly onFault: (error: unknown, response: ServerResponse) => void;
}

export interface WebServer {
  readonly port: number;
  /** Takes no new connection, lets calls under way end, and resolves when all are over. */
  readonly close: () => Promise<void>;
}

const limits = {
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
};

const listen = (server: Server, { host, port, portAdvice }: WebServerOptions): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is taken by another program. ${portAdvice}`
          : `Twofold cannot listen on ${host}:${port} (${error.code ?? 'unknown reason'}).`;
      reject(new TwofoldError('not-available', reason, undefined, error));
    });
    server.listen({ host, port, exclusive: true }, () => {
      const bound = server.address();
      if (bound === null || typeof bound === 'string') reject(new Error('The server has no port.'));
      else resolve(bound.port);
    });
  });

function answerFailure(response: ServerResponse, error: unknown, onFault: WebServerOptions['onFault']): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
  } else if (error instanceof HttpRefusal) {
    sendRefusal(response, error);
  } else if (error instanceof TwofoldError) {
    sendRefusal(response, new HttpRefusal(400, error.code, error.message));
  } else {
    onFault(error, response);
    sendRefusal(
      response,
      new HttpRefusal(500, 'internal', 'Something went wrong inside Twofold. Try again.'),
    );
  }
}

function createServerOf({ tls }: WebServerOptions): Server {
  if (tls === undefined) return createServer(limits);
  try {
    return createTlsServer({ ...limits, cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) });
  } catch (error) {
    throw new TwofoldError(
      'invalid-input',
      'The certificate and its key cannot be used: they are damaged, do not belong together, or the key needs a passphrase.',
      undefined,
      error,
    );
  }
}

/** Starts to listen. Throws TwofoldError `not-available` where the port cannot be had, `invalid-input` for a bad key. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { answer, headers, clock, onFault } = options;
  const server = createServerOf(options);
  server.maxConnections = options.maxConnections;
  server.keepAliveTimeout = options.isBehindProxy === true ? KEEP_ALIVE_FOR_PROXIES_MS : KEEP_ALIVE_MS;
  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(request, response).catch((error: unknown) => {
      // A browser that went away in the middle is no fault of anyone.
      if (request.destroyed && !request.complete) return;
      answerFailure(response, error, onFault);
    });
  });
  return {
    port: await listen(server, options),
    close: () =>
      new Promise((resolve) => {
        const cancel = clock.after(CLOSING_MS, () => server.closeAllConnections());
        server.close(() => {
          cancel();
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
