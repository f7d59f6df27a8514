// Says what was added, with an undo that takes the whole of it back.
import type { Account } from '../../../src-shared/contract/index.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { showToast } from '../../ui/toast.tsx';
import { accountWords } from '../authenticator/account-label.ts';
import { addedWords } from './choices.ts';

/** Longer than usual: an import is looked at before it is taken back. */
const UNDO_MS = 30_000;

async function takeBack(bridge: Bridge, undoId: string): Promise<void> {
  try {
    await bridge.call('transfer:undo', { undoId });
    showToast({ message: 'Taken back. Everything is as it was before.', tone: 'right' });
  } catch (error) {
    showToast({ message: failureMessage(error), tone: 'wrong' });
  }
}

export interface Added {
  readonly accounts: readonly Account[];
  readonly replaced: number;
  /** For `transfer:undo`; null where there is nothing to take back at once. */
  readonly undoId: string | null;
}

/** Tells it at the foot of the window, where it outlives the dialog. */
export function tellAdded(bridge: Bridge, { accounts, replaced, undoId }: Added): void {
  const [first] = accounts;
  const message =
    first !== undefined && accounts.length === 1 && replaced === 0
      ? `Added ${accountWords(first)}.`
      : addedWords(accounts.length, replaced);
  if (undoId === null) showToast({ message, tone: 'right' });
  else {
    const action = { label: 'Undo', onAction: () => void takeBack(bridge, undoId) };
    showToast({ message, tone: 'right', action }, UNDO_MS);
  }
}
