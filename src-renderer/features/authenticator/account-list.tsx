// The list of accounts: only rows in sight are drawn and asked for codes. Arrow keys move, Enter copies.
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { useScroller } from '../../ui/page.tsx';
import { AccountRow, rowElementId } from './account-row.tsx';
import type { CodeBook } from './code-book.ts';

const ROW_HEIGHT = 69;
const PAGE_OF_ROWS = 8;

export interface AccountListProps {
  readonly accounts: readonly Account[];
  readonly book: CodeBook;
  readonly copiedId: string | null;
  readonly onCopy: (account: Account, which: 'current' | 'next') => void;
  readonly onRename: (account: Account) => void;
  readonly onDelete: (account: Account) => void;
}

export function AccountList(props: AccountListProps): ReactNode {
  const { accounts, book, copiedId, onCopy, onRename, onDelete } = props;
  const scroller = useScroller();
  const list = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  const [wanted, setActive] = useState(0);
  const active = Math.min(wanted, accounts.length - 1);

  useLayoutEffect(() => {
    if (scroller === null || list.current === null) return;
    setScrollMargin(
      list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
    );
  }, [scroller]);

  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used here alone, never memoized
  const virtualizer = useVirtualizer({
    count: accounts.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => accounts[index]?.id ?? index,
    overscan: 3,
    scrollMargin,
    // The row that has the focus stays, or the focus would be lost when it is scrolled out of sight.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      return active < 0 || indexes.includes(active) ? indexes : [...indexes, active].sort((a, b) => a - b);
    },
  });
  const items = virtualizer.getVirtualItems();
  const visibleIds = items.flatMap(({ index }) => accounts[index]?.id ?? []).join(' ');
  useEffect(() => {
    book.show(visibleIds === '' ? [] : visibleIds.split(' '));
  }, [book, visibleIds]);

  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(accounts.length - 1, index));
    const account = accounts[next];
    if (account === undefined) return;
    setActive(next);
    virtualizer.scrollToIndex(next);
    // The row may be drawn only by the next frame.
    requestAnimationFrame(() => document.getElementById(rowElementId(account.id))?.focus());
  };

  // The focused row may be the one that goes: the focus then moves to the row in its place.
  const isDeleting = useRef(false);
  const deleteRow = (account: Account): void => {
    isDeleting.current = true;
    onDelete(account);
  };
  const refocus = useEffectEvent(() => {
    if (!isDeleting.current) return;
    isDeleting.current = false;
    if (document.activeElement === document.body) focusRow(active);
  });
  useEffect(() => {
    const frame = requestAnimationFrame(() => refocus());
    return () => cancelAnimationFrame(frame);
  }, [accounts.length]);

  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys pressed in a row's menu button belong to that.
    if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'row') return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const account = accounts[active];
    if (account === undefined) return;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => focusRow(active + 1),
      ArrowUp: () => focusRow(active - 1),
      Home: () => focusRow(0),
      End: () => focusRow(accounts.length - 1),
      PageDown: () => focusRow(active + PAGE_OF_ROWS),
      PageUp: () => focusRow(active - PAGE_OF_ROWS),
      Enter: () => onCopy(account, 'current'),
      ' ': () => onCopy(account, 'current'),
      n: () => onCopy(account, 'next'),
      e: () => onRename(account),
      F2: () => onRename(account),
      Delete: () => deleteRow(account),
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <div
      ref={list}
      role="grid"
      aria-label="Accounts"
      aria-rowcount={accounts.length}
      className="account-list"
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={onKeyDown}
    >
      {items.map((item) => {
        const account = accounts[item.index];
        return account === undefined ? null : (
          <div
            key={item.key}
            role="presentation"
            className="account-place"
            style={{ height: item.size, transform: `translateY(${item.start - scrollMargin}px)` }}
          >
            <AccountRow
              account={account}
              index={item.index}
              book={book}
              isActive={item.index === active}
              isCopied={account.id === copiedId}
              onActivate={setActive}
              onCopy={onCopy}
              onRename={onRename}
              onDelete={deleteRow}
            />
          </div>
        );
      })}
    </div>
  );
}
