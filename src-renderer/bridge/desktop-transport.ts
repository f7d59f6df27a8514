// Reaches main through what the preload put on the window.
import type { DesktopBridge } from '../../src-shared/bridge.ts';
import { ConnectionLost } from './failure.ts';
import type { Transport } from './transport.ts';

declare global {
  interface Window {
    readonly twofold?: DesktopBridge;
  }
}

export const desktopTransport = (bridge: DesktopBridge): Transport => ({
  call: async (method, input) => {
    try {
      return await bridge.call(method, input);
    } catch (error) {
      throw new ConnectionLost(error);
    }
  },
  subscribe: ({ onEvent }) => bridge.subscribe(onEvent),
});
