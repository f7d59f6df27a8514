// The list of accounts: only rows in sight are drawn and asked for codes. Its keys work from the search field too.
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type DragEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { useScroller } from '../../ui/page.tsx';
import { ACCOUNT_DRAG_TYPE, AccountRow, rowElementId, type RowCommands } from './account-row.tsx';
import type { CodeBook } from './code-book.ts';
import { keyPlace } from './key-place.ts';

/** As the style sheet has them, the line below included. */
const ROW_HEIGHTS = { comfortable: 69, compact: 40 } as const;
const PAGE_OF_ROWS = 8;

export const LIST_ID = 'account-list';

/** What can be done with the account of the active row by a key. */
export type AccountKey = 'edit' | 'delete' | 'pin';

export interface AccountListProps {
  readonly accounts: readonly Account[];
  readonly book: CodeBook;
  readonly density: keyof typeof ROW_HEIGHTS;
  readonly hidesCodes: boolean;
  /** The index of the one row that Tab stops at and that keys belong to. */
  readonly active: number;
  readonly isSearching: boolean;
  readonly copiedId: string | null;
  readonly menuId: string | null;
  /** Rows can be dragged, and moved with Alt and the arrow keys. */
  readonly isMovable: boolean;
  /** Stays the same between renderings. */
  readonly commands: Omit<RowCommands, 'drag'>;
  readonly onKey: (key: AccountKey, account: Account) => void;
  /** Moves the account before what is at `toIndex` now. */
  readonly onMove: (account: Account, toIndex: number) => void;
}

export function AccountList(props: AccountListProps): ReactNode {
  const { accounts, book, density, hidesCodes, active, isSearching, copiedId, menuId } = props;
  const { isMovable, commands, onKey, onMove } = props;
  const scroller = useScroller();
  const list = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  const [dragged, setDragged] = useState<Account | null>(null);
  const [dropIndex, setDropIndex] = useState<number | null>(null);
  const rowHeight = ROW_HEIGHTS[density];

  // What stands above the list (notes, tags) comes and goes; the page's height changes with it.
  useLayoutEffect(() => {
    const content = scroller?.firstElementChild;
    if (scroller === null || content === null || content === undefined) return undefined;
    const measure = (): void => {
      if (list.current === null) return;
      setScrollMargin(
        Math.round(
          list.current.getBoundingClientRect().top -
            scroller.getBoundingClientRect().top +
            scroller.scrollTop,
        ),
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(content);
    return () => observer.disconnect();
  }, [scroller]);

  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used here alone, never memoized
  const virtualizer = useVirtualizer({
    count: accounts.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: (index) => accounts[index]?.id ?? index,
    overscan: 4,
    scrollMargin,
    // The row that has the focus stays, or the focus would be lost when it is scrolled out of sight.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      return active < 0 || indexes.includes(active) ? indexes : [...indexes, active].sort((a, b) => a - b);
    },
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const items = virtualizer.getVirtualItems();
  const visibleIds = items.flatMap(({ index }) => accounts[index]?.id ?? []).join(' ');
  useEffect(() => {
    book.show(visibleIds === '' ? [] : visibleIds.split(' '));
  }, [book, visibleIds]);

  /** Goes to a row; the focus goes with it, unless it is in the search field. */
  const goTo = (index: number, takesFocus: boolean): void => {
    const next = Math.max(0, Math.min(accounts.length - 1, index));
    const account = accounts[next];
    if (account === undefined) return;
    commands.activate(account, next);
    virtualizer.scrollToIndex(next);
    // The row may be drawn only by the next frame.
    if (takesFocus) requestAnimationFrame(() => document.getElementById(rowElementId(account.id))?.focus());
  };

  // The focused row may be the one that goes, or the one that is moved: the focus stays in its place in the list.
  const keepsFocus = useRef(false);
  const refocus = useEffectEvent(() => {
    if (!keepsFocus.current) return;
    keepsFocus.current = false;
    if (document.activeElement === document.body) goTo(active, true);
  });
  useEffect(() => {
    const frame = requestAnimationFrame(() => refocus());
    return () => cancelAnimationFrame(frame);
  }, [accounts]);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const place = keyPlace(event);
    const account = accounts[active];
    if (place === null || account === undefined || event.ctrlKey || event.metaKey) return;
    const isInRows = place !== 'search';
    // Nothing has the focus: a key that moves brings it into the list, and no other does anything.
    if (place === 'page') {
      if (event.altKey || !(event.key === 'ArrowDown' || event.key === 'ArrowUp')) return;
      event.preventDefault();
      goTo(active, true);
      return;
    }
    if (event.altKey) {
      const toIndex = { ArrowUp: active - 1, ArrowDown: active + 2 }[event.key];
      if (toIndex === undefined || !isInRows) return;
      event.preventDefault();
      keepsFocus.current = true;
      onMove(account, toIndex);
      return;
    }
    const go = (index: number) => () => goTo(index, isInRows);
    const copy = (which: 'current' | 'next') => () => commands.copy(account, which);
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: go(active + 1),
      ArrowUp: go(active - 1),
      PageDown: go(active + PAGE_OF_ROWS),
      PageUp: go(active - PAGE_OF_ROWS),
      Enter: copy(event.shiftKey ? 'next' : 'current'),
      ...(isInRows
        ? {
            Home: go(0),
            End: go(accounts.length - 1),
            n: copy('next'),
            e: () => onKey('edit', account),
            F2: () => onKey('edit', account),
            p: () => onKey('pin', account),
            Delete: () => {
              keepsFocus.current = true;
              onKey('delete', account);
            },
            ' ': copy('current'),
          }
        : {}),
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    // Before the search field, which lets no key through.
    addEventListener('keydown', listen, true);
    return () => removeEventListener('keydown', listen, true);
  }, []);

  const rowCommands = useMemo<RowCommands>(
    () => ({
      ...commands,
      drag: (account) => {
        setDragged(account);
        if (account === null) setDropIndex(null);
      },
    }),
    [commands],
  );
  const dropIndexAt = (event: DragEvent): number => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    return Math.max(0, Math.min(accounts.length, Math.round((event.clientY - top) / rowHeight)));
  };
  const isOurs = (event: DragEvent): boolean =>
    dragged !== null && event.dataTransfer.types.includes(ACCOUNT_DRAG_TYPE);

  return (
    <div
      ref={list}
      id={LIST_ID}
      role="grid"
      aria-label="Accounts"
      aria-rowcount={accounts.length}
      className={`account-list ${density}`}
      style={{ height: virtualizer.getTotalSize() }}
      onDragOver={(event) => {
        if (!isOurs(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        setDropIndex(dropIndexAt(event));
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null))
          setDropIndex(null);
      }}
      onDrop={(event) => {
        if (dragged === null || !isOurs(event)) return;
        event.preventDefault();
        onMove(dragged, dropIndexAt(event));
        setDragged(null);
        setDropIndex(null);
      }}
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
              commands={rowCommands}
              isActive={item.index === active}
              isPicked={isSearching && item.index === active}
              isCopied={account.id === copiedId}
              hidesCode={hidesCodes}
              isMenuOpen={account.id === menuId}
              isMovable={isMovable}
            />
          </div>
        );
      })}
      {dropIndex === null ? null : (
        <div
          className="account-drop"
          role="presentation"
          style={{ transform: `translateY(${dropIndex * rowHeight - 1}px)` }}
        />
      )}
    </div>
  );
}
