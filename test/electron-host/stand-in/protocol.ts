// Stands for Electron's `protocol`: requests of the pages reach the handler that the app registered.
import { AppRequest } from '../messages.ts';
import { standInApp } from './app.ts';
import { answerParent } from './parent.ts';

type Handler = (request: Request) => Response | Promise<Response>;

let schemes: ReadonlySet<string> | null = null;
const handlers = new Map<string, Handler>();

export const standInProtocol = {
  registerSchemesAsPrivileged(registered: readonly { scheme: string }[]): void {
    if (standInApp.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged must be called before app is ready');
    if (schemes !== null) throw new Error('protocol.registerSchemesAsPrivileged must be called once');
    schemes = new Set(registered.map(({ scheme }) => scheme));
  },
  handle(scheme: string, handler: Handler): void {
    if (schemes?.has(scheme) !== true)
      throw new Error(`The scheme ${scheme} was not registered as privileged.`);
    if (handlers.has(scheme)) throw new Error(`The scheme ${scheme} has a handler already.`);
    handlers.set(scheme, handler);
  },
};

answerParent({
  async request(body) {
    const { url, method, headers } = AppRequest.parse(body);
    const handler = handlers.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) throw new Error(`Nobody handles ${url}.`);
    const response = await handler(new Request(url, { method, headers }));
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  },
});
