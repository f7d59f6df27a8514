// Stands for Electron's `ipcMain`: calls of the preload reach the handler, with a truthful sender.
import { Invoke } from '../messages.ts';
import { answerParent } from './parent.ts';
import { contentsById, frameOf } from './browser-window.ts';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

export const standInIpcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler(channel: string): void {
    handlers.delete(channel);
  },
};

answerParent({
  invoke(body) {
    const { id, frame, channel, args } = Invoke.parse(body);
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const senderFrame = frame === null ? null : frameOf(id, frame.url, frame.isMainFrame);
    return handler({ sender: contentsById(id), senderFrame }, ...args);
  },
});
