// The authenticator's room: the accounts with their codes, and the ways to add one.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction, useBridge, useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Page } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { AddAccountDialog } from '../add-account/add-account-dialog.tsx';
import { accountTitle, searchAccounts } from './account-label.ts';
import { AccountList } from './account-list.tsx';
import { rowElementId } from './account-row.tsx';
import './authenticator.css';
import { copyCode } from './copy-code.ts';
import { RenameDialog } from './rename-dialog.tsx';
import { useCodeBook, useCodesFailed } from './use-codes.ts';
import { type Incoming, useIncoming } from './use-incoming.ts';

const COPIED_MS = 2_000;

const countWords = (count: number): string => (count === 1 ? '1 account' : `${count} accounts`);

/** Deletes with an undo at the foot of the window. */
function useDelete(): (account: Account) => void {
  const remove = useAction('authenticator:delete');
  const restore = useAction('authenticator:restore');
  const fail = (error: Error): void => showToast({ message: failureMessage(error), tone: 'wrong' });
  return (account) => {
    remove.mutate(
      { id: account.id },
      {
        onError: fail,
        onSuccess: () =>
          showToast({
            message: `Deleted ${accountTitle(account)}. It stays in the trash for 30 days.`,
            action: { label: 'Undo', onAction: () => restore.mutate({ id: account.id }, { onError: fail }) },
          }),
      },
    );
  };
}

/** Copies, and remembers for two seconds what was copied. */
function useCopy(): [string | null, (account: Account, which: 'current' | 'next') => void] {
  const bridge = useBridge();
  const [copiedId, setCopiedId] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (account: Account, which: 'current' | 'next'): Promise<void> => {
    if (!(await copyCode(bridge, account, which))) return;
    clearTimeout(timer.current);
    setCopiedId(account.id);
    timer.current = setTimeout(() => setCopiedId(null), COPIED_MS);
  };
  return [copiedId, (account, which) => void copy(account, which)];
}

export function AuthenticatorRoom(): ReactNode {
  const list = useCall('authenticator:list', {});
  const book = useCodeBook();
  const codesFailed = useCodesFailed(book);
  const [search, setSearch] = useState('');
  const [isAdding, setAdding] = useState(false);
  const [incoming, setIncoming] = useState<Incoming | null>(null);
  const [renaming, setRenaming] = useState<Account | null>(null);
  const [copiedId, copy] = useCopy();
  const remove = useDelete();
  const isOver = useIncoming((next) => {
    setIncoming(next);
    setAdding(true);
  });

  const accounts = list.data?.accounts ?? [];
  const found = searchAccounts(accounts, search);
  const add = (): void => setAdding(true);
  const focusFirst = (): void => {
    const first = found[0];
    if (first !== undefined) document.getElementById(rowElementId(first.id))?.focus();
  };

  return (
    <Page
      title="Authenticator"
      count={
        accounts.length === 0
          ? undefined
          : search === ''
            ? countWords(accounts.length)
            : `${found.length} of ${countWords(accounts.length)}`
      }
      actions={
        accounts.length === 0 ? undefined : (
          <>
            <SearchField
              label="Search issuer or account"
              value={search}
              onChange={setSearch}
              onSubmit={focusFirst}
            />
            <Button variant="primary" icon="plus" onPress={add}>
              Add account
            </Button>
          </>
        )
      }
    >
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {codesFailed && list.error === null ? (
        <ErrorNote error="The codes cannot be had right now. Twofold goes on trying." />
      ) : null}
      {list.isPending ? <Skeleton rows={5} height={68} /> : null}
      {list.data !== undefined && accounts.length === 0 ? (
        <Card>
          <EmptyState
            icon="key"
            title="Your codes will be here"
            actions={
              <Button variant="primary" size="large" icon="plus" onPress={add}>
                Add account
              </Button>
            }
          >
            When a service asks you to set up two-factor authentication, it shows a QR code or a secret. Give
            it to Twofold: drop or paste a picture here, paste the link, or type the secret in.
          </EmptyState>
        </Card>
      ) : null}
      {accounts.length > 0 && found.length === 0 ? (
        <Card>
          <EmptyState
            icon="search"
            title="Nothing found"
            actions={<Button onPress={() => setSearch('')}>Clear search</Button>}
          >
            No issuer or account holds “{search.trim()}”.
          </EmptyState>
        </Card>
      ) : null}
      {found.length > 0 ? (
        <>
          <Card flush>
            <AccountList
              accounts={found}
              book={book}
              copiedId={copiedId}
              onCopy={copy}
              onRename={setRenaming}
              onDelete={remove}
            />
          </Card>
          <KeyHints />
        </>
      ) : null}
      {renaming === null ? null : <RenameDialog account={renaming} onClose={() => setRenaming(null)} />}
      {isAdding ? (
        <AddAccountDialog
          incoming={incoming}
          onClose={() => {
            setAdding(false);
            setIncoming(null);
          }}
        />
      ) : null}
      {isOver ? (
        <div className="drop-hint" aria-hidden="true">
          <div className="drop-hint-sheet">
            <Icon name="picture" size={28} />
            Drop the picture of a QR code
          </div>
        </div>
      ) : null}
    </Page>
  );
}

function KeyHints(): ReactNode {
  return (
    <p className="key-hints">
      <span>
        <KeyHint>↵</KeyHint> copy
      </span>
      <span>
        <KeyHint>N</KeyHint> copy next
      </span>
      <span>
        <KeyHint>E</KeyHint> rename
      </span>
      <span>
        <KeyHint>↑</KeyHint> <KeyHint>↓</KeyHint> move
      </span>
    </p>
  );
}
