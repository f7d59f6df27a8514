// Puts the console over the network host into the page: no other room, and no method but the console's.
import { createBridge } from '../bridge/bridge.ts';
import { httpTransport } from '../bridge/http-transport.ts';
import { createQueries } from '../bridge/queries.tsx';
import { ConsoleApp } from './console-app.tsx';
import { mount } from './mount.tsx';
import { confineRoute } from './route.ts';

/** Starts once for each page. */
export function startConsole(): void {
  confineRoute('console');
  const bridge = createBridge(httpTransport(), { isNetwork: true });
  mount(<ConsoleApp />, bridge, createQueries(bridge));
}
