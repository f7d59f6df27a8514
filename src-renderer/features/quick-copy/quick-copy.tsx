// The small window that comes up by a key from anywhere: find an account, copy its code, gone again.
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Account, Settings } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useBridge, useCall } from '../../bridge/queries.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Note } from '../../ui/note.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { orderAccounts } from '../authenticator/account-order.ts';
import { searchAccounts } from '../authenticator/account-search.ts';
import { copyCode } from '../authenticator/copy-code.ts';
import { useCodeBook } from '../authenticator/use-codes.ts';
import { closeQuickCopy } from './quick-copy-frame.tsx';
import './quick-copy.css';
import { QuickRow, quickRowId } from './quick-row.tsx';

const LIST_ID = 'quick-copy-results';
/** As many as the window has room for. */
const MOST_RESULTS = 8;
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

export function QuickCopy({ settings }: { readonly settings: Settings }): ReactNode {
  useDocumentTitle('Copy a code');
  const bridge = useBridge();
  const book = useCodeBook();
  const list = useCall('authenticator:list', {});
  const [search, setSearch] = useState('');
  const [wanted, setActive] = useState(0);
  const body = useRef<HTMLElement>(null);

  const accounts = list.data?.accounts;
  const ordered = useMemo(
    () => orderAccounts(accounts ?? [], settings.accountOrder),
    [accounts, settings.accountOrder],
  );
  const found = useMemo(() => searchAccounts(ordered, search), [ordered, search]);
  const shown = found.slice(0, MOST_RESULTS);
  const active = Math.min(wanted, shown.length - 1);
  const chosen = shown[active];
  const ids = shown.map(({ id }) => id).join(' ');
  useEffect(() => book.show(ids === '' ? [] : ids.split(' ')), [book, ids]);
  useEffect(() => body.current?.querySelector('input')?.focus(), []);

  const copy = async (account: Account | undefined): Promise<void> => {
    if (account !== undefined && (await copyCode(bridge, account, 'current'))) closeQuickCopy();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step !== undefined && shown.length > 0) setActive((active + step + shown.length) % shown.length);
    else if (event.key === 'Enter') void copy(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // The field keeps the focus; the keys of the list are taken before it sees them.
    <main ref={body} className="quick-copy" onKeyDownCapture={onKeyDown}>
      <h1 className="visually-hidden">Copy a code</h1>
      <div className="quick-search">
        <SearchField
          label="Find an account"
          value={search}
          onChange={(typed) => {
            setSearch(typed);
            setActive(0);
          }}
          {...(chosen === undefined ? {} : { results: { listId: LIST_ID, activeId: quickRowId(chosen.id) } })}
        />
      </div>
      {shown.length === 0 ? (
        <div className="quick-empty">
          {list.error === null ? (
            <p className="muted">{emptyWords(accounts)}</p>
          ) : (
            <Note tone="wrong">{failureMessage(list.error)}</Note>
          )}
        </div>
      ) : (
        <ul id={LIST_ID} role="listbox" aria-label="Accounts" className="quick-list">
          {shown.map((account, index) => (
            <QuickRow
              key={account.id}
              account={account}
              book={book}
              isActive={index === active}
              isCodeShown={!settings.hidesCodes || index === active}
              onPoint={() => setActive(index)}
              onCopy={() => void copy(account)}
            />
          ))}
        </ul>
      )}
      <footer className="quick-foot">
        <span>
          <KeyHint>↑</KeyHint> <KeyHint>↓</KeyHint> choose
        </span>
        <span>
          <KeyHint>↵</KeyHint> copies
        </span>
        <span>
          <KeyHint>Esc</KeyHint> closes
        </span>
        {found.length === shown.length ? null : (
          <span className="quick-more">{found.length - shown.length} more</span>
        )}
      </footer>
    </main>
  );
}

function emptyWords(accounts: readonly Account[] | undefined): string {
  if (accounts === undefined) return '';
  return accounts.length === 0
    ? 'No accounts yet. Add one in Twofold’s own window.'
    : 'Nothing found. Try fewer letters.';
}
