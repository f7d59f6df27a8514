// Copying a code or a secret: main does it on the desktop, this browser on loopback, where it also clears it if it can.
import type { Account } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { showToast } from '../../ui/toast.tsx';
import { accountTitle } from './account-label.ts';
import { pageClipboard } from './clearing-clipboard.ts';

const SECRET_CLEARS_AFTER_MS = 30_000;

function tell(message: string, tone: 'right' | 'wrong' = 'right'): void {
  showToast({ message, tone });
}

const clearedWords = (what: string, clearsAfterMs: number): string =>
  `Copied the ${what}. The clipboard is cleared after ${Math.round(clearsAfterMs / 1000)} s.`;

/** Copies the current or the next code and says so. Answers whether it worked. */
export async function copyCode(
  bridge: Bridge,
  account: Account,
  which: 'current' | 'next',
): Promise<boolean> {
  const what =
    which === 'next' ? `next code of ${accountTitle(account)}` : `code of ${accountTitle(account)}`;
  try {
    const result = await bridge.call('authenticator:copyCode', { id: account.id, which });
    if (result.by === 'renderer') return await copyHere(result.text, result.clearsAfterMs, what);
    tell(clearedWords(what, result.clearsAfterMs));
    return true;
  } catch (error) {
    tell(failureMessage(error), 'wrong');
    return false;
  }
}

/** Copies a secret that is shown, and says so. */
export const copySecret = (secret: string, account: Account): Promise<boolean> =>
  copyHere(secret, SECRET_CLEARS_AFTER_MS, `secret of ${accountTitle(account)}`);

async function copyHere(text: string, clearsAfterMs: number, what: string): Promise<boolean> {
  try {
    const isCleared = await pageClipboard.copy(text, clearsAfterMs);
    tell(
      isCleared
        ? clearedWords(what, clearsAfterMs)
        : `Copied the ${what}. This browser does not let Twofold clear the clipboard; copy something else when done.`,
    );
    return true;
  } catch {
    tell(`Twofold may not write to the clipboard here. Select the ${what} and copy it by hand.`, 'wrong');
    return false;
  }
}
