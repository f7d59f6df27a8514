// What the rows and their menu do to accounts. Each function stays the same, so that rows are not drawn anew.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Account, Output } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction, useBridge } from '../../bridge/queries.tsx';
import { showToast } from '../../ui/toast.tsx';
import { accountTitle } from './account-label.ts';
import { moveAccount, type Place } from './account-order.ts';
import type { CodeBook } from './code-book.ts';
import { copyCode } from './copy-code.ts';

const COPIED_MS = 2_000;
const LIST = ['authenticator:list', {}] as const;

export interface AccountActions {
  /** Copied within the last two seconds. */
  readonly copiedId: string | null;
  readonly copy: (account: Account, which: 'current' | 'next') => void;
  readonly advance: (account: Account) => void;
  /** With an undo at the foot of the window. */
  readonly remove: (account: Account) => void;
  readonly pin: (account: Account, pinned: boolean) => void;
  /** On screen at once, then in main. */
  readonly move: (account: Account, place: Place) => void;
}

const fail = (error: unknown): void => showToast({ message: failureMessage(error), tone: 'wrong' });

export function useAccountActions(book: CodeBook): AccountActions {
  const bridge = useBridge();
  const client = useQueryClient();
  const { mutateAsync: advanceNow } = useAction('authenticator:advance');
  const { mutateAsync: removeNow } = useAction('authenticator:delete');
  const { mutateAsync: restoreNow } = useAction('authenticator:restore');
  const { mutateAsync: pinNow } = useAction('authenticator:pin');
  const { mutateAsync: moveNow } = useAction('authenticator:move');
  const [copiedId, setCopiedId] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = useCallback(
    (account: Account, which: 'current' | 'next') => {
      void copyCode(bridge, account, which).then((isCopied) => {
        // Copying may have counted it on.
        if (account.type === 'hotp') book.renew(account.id);
        if (!isCopied) return;
        clearTimeout(timer.current);
        setCopiedId(account.id);
        timer.current = setTimeout(() => setCopiedId(null), COPIED_MS);
      });
    },
    [bridge, book],
  );
  const advance = useCallback(
    (account: Account) => {
      advanceNow({ id: account.id }).then((code) => book.put(code), fail);
    },
    [advanceNow, book],
  );
  const remove = useCallback(
    (account: Account) => {
      const undo = (): void => {
        restoreNow({ id: account.id }).catch(fail);
      };
      removeNow({ id: account.id }).then(
        () =>
          showToast({
            message: `Deleted ${accountTitle(account)}. It stays in the trash for 30 days.`,
            action: { label: 'Undo', onAction: undo },
          }),
        fail,
      );
    },
    [removeNow, restoreNow],
  );
  const pin = useCallback(
    (account: Account, pinned: boolean) => {
      pinNow({ id: account.id, pinned }).catch(fail);
    },
    [pinNow],
  );
  const move = useCallback(
    (account: Account, place: Place) => {
      void client.cancelQueries({ queryKey: LIST });
      client.setQueryData<Output<'authenticator:list'>>(
        LIST,
        (known) => known && { accounts: [...moveAccount(known.accounts, account.id, place)] },
      );
      moveNow({ id: account.id, beforeId: place.beforeId }).catch((error: unknown) => {
        fail(error);
        void client.invalidateQueries({ queryKey: LIST });
      });
    },
    [client, moveNow],
  );
  return { copiedId, copy, advance, remove, pin, move };
}
