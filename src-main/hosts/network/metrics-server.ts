// GET /metrics on an address of its own, in plain HTTP: never where the console is offered.
import type { Clock } from '../../clock/clock.ts';
import { nothingHere } from '../http/calls.ts';
import { startWebServer, type WebServer } from '../http/web-server.ts';
import type { Metrics } from './metrics.ts';

const MAX_CONNECTIONS = 32;

export interface MetricsServerOptions {
  readonly metrics: Metrics;
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

/** Throws TwofoldError `not-available` where the port cannot be had. */
export const startMetricsServer = ({ metrics, ...where }: MetricsServerOptions): Promise<WebServer> =>
  startWebServer({
    ...where,
    maxConnections: MAX_CONNECTIONS,
    headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
    portAdvice: 'Choose another with --metrics.',
    async answer(request, response) {
      if (request.method !== 'GET' || request.url !== '/metrics') throw nothingHere();
      const { mediaType, text } = await metrics.text();
      response.writeHead(200, { 'Content-Type': mediaType }).end(text);
    },
  });
