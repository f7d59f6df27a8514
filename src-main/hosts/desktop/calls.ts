// Carries calls from the windows to the router, after the exact check of who is calling.
import { ipcMain } from 'electron';
import type { Envelope } from '../../../src-shared/contract/index.ts';
import type { Router } from '../../ipc/router.ts';
import type { BrowserProfile } from './browser-profile.ts';
import { CALL_CHANNEL } from './channels.ts';
import { isOwnSender } from './sender-check.ts';
import type { Windows } from './windows.ts';

const refused: Envelope<never> = {
  ok: false,
  error: { code: 'sender-refused', message: 'This call does not come from a window of Twofold.' },
};

/**
 * Starts answering. `onAnswered` hears, after each answer that is no failure, what was asked and by whom. Returns the
 * function that ends it.
 */
export function serveCalls(
  windows: Pick<Windows, 'profileOf'>,
  router: Router,
  onAnswered: (profile: BrowserProfile, method: string) => void,
): () => void {
  ipcMain.handle(CALL_CHANNEL, async (event, method: unknown, input: unknown): Promise<Envelope<unknown>> => {
    const profile = windows.profileOf(event.sender);
    if (profile === undefined || !isOwnSender({ isKnownWindow: true, frame: event.senderFrame }))
      return refused;
    const name = typeof method === 'string' ? method : '';
    const envelope = await router(name, input, { browser: profile });
    if (envelope.ok) onAnswered(profile, name);
    return envelope;
  });
  return () => ipcMain.removeHandler(CALL_CHANNEL);
}
