// Copying a code: main does it on the desktop, this browser on loopback, where it also clears it, as far as it can.
import type { Account } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { showToast } from '../../ui/toast.tsx';
import { accountTitle } from './account-label.ts';

let clearing: ReturnType<typeof setTimeout> | undefined;

function tell(message: string, tone: 'right' | 'wrong' = 'right'): void {
  showToast({ message, tone });
}

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
    const seconds = Math.round(result.clearsAfterMs / 1000);
    if (result.by === 'host') {
      tell(`Copied the ${what}. The clipboard is cleared after ${seconds} s.`);
      return true;
    }
    return await copyHere(result.text, result.clearsAfterMs, what);
  } catch (error) {
    tell(failureMessage(error), 'wrong');
    return false;
  }
}

async function copyHere(text: string, clearsAfterMs: number, what: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    tell(
      `This browser does not let Twofold write to the clipboard. Select the ${what} and copy it by hand.`,
      'wrong',
    );
    return false;
  }
  clearTimeout(clearing);
  clearing = setTimeout(() => void clearIfHolds(text), clearsAfterMs);
  const seconds = Math.round(clearsAfterMs / 1000);
  // Only where the browser lets us look can "if it still holds the code" be kept.
  const canLook = await mayReadClipboard();
  tell(
    canLook
      ? `Copied the ${what}. The clipboard is cleared after ${seconds} s.`
      : `Copied the ${what}. This browser does not let Twofold clear the clipboard; copy something else when done.`,
  );
  return true;
}

/** True only where reading needs no prompt: a question in the user's way would be worse than a code that runs out. */
async function mayReadClipboard(): Promise<boolean> {
  try {
    // TypeScript's list of permission names leaves this one out.
    const permissions: { query(descriptor: { name: string }): Promise<PermissionStatus> } =
      navigator.permissions;
    const { state } = await permissions.query({ name: 'clipboard-read' });
    return state === 'granted';
  } catch {
    return false;
  }
}

async function clearIfHolds(text: string): Promise<void> {
  if (!(await mayReadClipboard())) return;
  try {
    if ((await navigator.clipboard.readText()) === text) await navigator.clipboard.writeText('');
  } catch {
    // A window in the background may do neither; try again once it is back.
    addEventListener('focus', () => void clearIfHolds(text), { once: true });
  }
}
