// Puts the user interface over a transport into the page.
import { createBridge } from '../bridge/bridge.ts';
import { createQueries } from '../bridge/queries.tsx';
import type { Transport } from '../bridge/transport.ts';
import { App } from './app.tsx';
import { mount } from './mount.tsx';
import { confinedRoom } from './route.ts';

/** Starts once for each page. */
export function start(transport: Transport): void {
  const bridge = createBridge(transport);
  mount(<App />, bridge, createQueries(bridge, confinedRoom() !== null));
}
