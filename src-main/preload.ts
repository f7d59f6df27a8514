// Preload, in the sandbox of each window: puts the bridge on `window.twofold`, and nothing else.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { DesktopBridge } from '../src-shared/bridge.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from './hosts/desktop/channels.ts';

const bridge: DesktopBridge = {
  host: 'desktop',
  call: (method, input) => ipcRenderer.invoke(CALL_CHANNEL, method, input),
  subscribe(listener) {
    // The event object itself stays here: it leads to ipcRenderer.
    const forward = (_event: IpcRendererEvent, event: string, payload: unknown): void =>
      listener(event, payload);
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('twofold', bridge);
