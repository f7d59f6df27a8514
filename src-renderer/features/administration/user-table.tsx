// The list of users: up to 100,000 of them, of which those in sight are fetched and drawn; sorted and chosen by pointer and keys.
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { Directory, UserQuery, UserRow, UserSort } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useBridge } from '../../bridge/queries.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { useIsNarrow } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useScroller } from '../../ui/page.tsx';
import { showToast } from '../../ui/toast.tsx';
import { isSelected, nobody, type Selection, withUsers } from './selection.ts';
import { useSettled } from './use-settled.ts';
import { PAGE, usersBetween, useUserPages } from './use-user-pages.ts';
import { type UserColumn, userColumns } from './user-columns.tsx';
import './users.css';

const ROW_HEIGHT = 56;
const OVERSCAN = 6;
/** Fast scrolling passes many pages; those where it rests are fetched. */
const SCROLL_PAUSE_MS = 80;
/** A range of more is not drawn together row by row: "all that match" is the way. */
const LONGEST_RANGE = 10_000;

export interface UserTableProps {
  readonly myId: string;
  readonly query: UserQuery;
  /** The first page, with what is said of all. */
  readonly directory: Directory;
  /** The first page is still that of another query. */
  readonly isStale: boolean;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onSort: (sort: UserSort, descending: boolean) => void;
  /** The menu of a row. */
  readonly renderActions: (user: UserRow) => ReactNode;
}

export function UserTable(props: UserTableProps): ReactNode {
  const { myId, query, directory, isStale, selection, onSelect, onSort, renderActions } = props;
  const bridge = useBridge();
  const isNarrow = useIsNarrow();
  const scroller = useScroller();
  const body = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  /** Where a range begins: the row that was last chosen or given up. */
  const anchor = useRef(-1);
  const focused = useRef(-1);
  const isShift = useRef(false);
  const columns = userColumns(myId, directory.units, isNarrow);
  const tracks = ['22px', ...columns.map(({ width }) => width), '34px'].join(' ');

  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used here alone, never memoized
  const virtualizer = useVirtualizer({
    count: directory.matching,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin,
    // The row that has the focus stays, or the focus would be lost when it is scrolled out of sight.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      const kept = focused.current;
      return kept < 0 || kept >= directory.matching || indexes.includes(kept)
        ? indexes
        : [...indexes, kept].sort((a, b) => a - b);
    },
  });
  // What stands above may grow or shrink at any time, and the page with it.
  useLayoutEffect(() => {
    const page = scroller?.firstElementChild;
    if (scroller === null || page === null || page === undefined) return undefined;
    const measure = (): void => {
      const top = body.current?.getBoundingClientRect().top ?? 0;
      setScrollMargin(Math.round(top - scroller.getBoundingClientRect().top + scroller.scrollTop));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(page);
    return () => observer.disconnect();
  }, [scroller]);

  const items = virtualizer.getVirtualItems();
  const inSight = [...new Set(items.map(({ index }) => Math.floor(index / PAGE)))]
    .filter((page) => page > 0)
    .join(' ');
  const settled = useSettled(inSight, SCROLL_PAUSE_MS);
  const pages = useUserPages(query, isStale || settled === '' ? [] : settled.split(' ').map(Number));
  const userAt = (index: number): UserRow | undefined => {
    const page = Math.floor(index / PAGE);
    return page === 0 ? directory.users[index] : pages.get(page)?.[index - page * PAGE];
  };

  const selectRange = async (index: number, selected: boolean): Promise<void> => {
    const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
    if (to - from >= LONGEST_RANGE) {
      showToast({
        message: 'That range is too long. Choose all that match with the box in the head.',
        tone: 'attention',
      });
      return;
    }
    try {
      const known = Array.from({ length: to - from + 1 }, (_, step) => userAt(from + step));
      const users = known.every((user) => user !== undefined)
        ? known
        : await usersBetween(bridge, query, from, to);
      onSelect(withUsers(selection, users, selected));
    } catch (error) {
      showToast({ message: failureMessage(error), tone: 'wrong' });
    }
  };

  const choose = (user: UserRow, index: number, selected: boolean): void => {
    const isRange = isShift.current && anchor.current >= 0 && anchor.current !== index;
    if (isRange) void selectRange(index, selected);
    else onSelect(withUsers(selection, [user], selected));
    anchor.current = index;
  };

  const chooseAll = (all: boolean): void => {
    anchor.current = -1;
    if (!all) onSelect(nobody);
    else if (directory.matching <= directory.users.length) onSelect(withUsers(nobody, directory.users, true));
    else onSelect({ kind: 'matching', count: directory.matching });
  };

  /** Goes to the box of that row, which may have to be drawn first. */
  const focusRow = (index: number): void => {
    const place = Math.max(0, Math.min(directory.matching - 1, index));
    focused.current = place;
    virtualizer.scrollToIndex(place);
    const focus = (): boolean => {
      const box = body.current?.querySelector<HTMLInputElement>(`[data-row="${place}"] input[type=checkbox]`);
      box?.focus({ preventScroll: true });
      return box !== null && box !== undefined;
    };
    if (!focus()) requestAnimationFrame(() => requestAnimationFrame(focus));
  };

  const moveByKey = (event: KeyboardEvent, index: number): void => {
    isShift.current = event.shiftKey;
    const pageful = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const to = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + pageful,
      PageUp: index - pageful,
      Home: 0,
      End: directory.matching - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const user = userAt(index);
    if (event.shiftKey && user !== undefined) {
      // From the row that is left to the one that is reached.
      if (anchor.current < 0) anchor.current = index;
      void selectRange(Math.max(0, Math.min(directory.matching - 1, to)), true);
    }
    focusRow(to);
  };

  const chosen = selection.kind === 'matching' ? directory.matching : selection.users.size;
  return (
    <div
      className={`user-list${isStale ? ' stale' : ''}`}
      role="table"
      aria-label="Users"
      aria-rowcount={directory.matching + 1}
      aria-busy={isStale}
    >
      <div role="rowgroup" className="user-list-head">
        <div role="row" aria-rowindex={1} className="table-head" style={{ gridTemplateColumns: tracks }}>
          <div role="columnheader" className="table-cell">
            <Checkbox
              label={<span className="visually-hidden">Select all that match</span>}
              isSelected={chosen > 0 && chosen >= directory.matching}
              onChange={chooseAll}
            />
          </div>
          {columns.map((column) => (
            <SortHeader key={column.id} column={column} query={query} onSort={onSort} />
          ))}
          <div role="columnheader" className="table-cell">
            <span className="visually-hidden">Actions</span>
          </div>
        </div>
      </div>
      <div
        role="rowgroup"
        ref={body}
        className="table-virtual"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, start, size }) => {
          const user = userAt(index);
          const selected = user !== undefined && isSelected(selection, user.id);
          return (
            <div
              key={index}
              role="presentation"
              className="table-virtual-row"
              style={{ height: size, transform: `translateY(${start - scrollMargin}px)` }}
            >
              <div
                role="row"
                aria-rowindex={index + 2}
                data-row={index}
                className={`table-row${selected ? ' selected' : ''}`}
                style={{ gridTemplateColumns: tracks }}
                onFocus={() => {
                  focused.current = index;
                }}
                onBlur={() => {
                  focused.current = -1;
                }}
              >
                {user === undefined ? (
                  <div role="cell" className="table-cell user-row-missing" aria-label="Loading" />
                ) : (
                  <>
                    <div
                      role="cell"
                      className="table-cell"
                      onPointerDownCapture={(event) => {
                        isShift.current = event.shiftKey;
                      }}
                      onKeyDownCapture={(event) => moveByKey(event, index)}
                    >
                      <Checkbox
                        label={<span className="visually-hidden">Select {user.displayName}</span>}
                        isSelected={selected}
                        isDisabled={selection.kind === 'matching'}
                        onChange={(now) => choose(user, index, now)}
                      />
                    </div>
                    {columns.map((column, place) => (
                      <div
                        key={column.id}
                        role={place === 0 ? 'rowheader' : 'cell'}
                        className={`table-cell${column.align === 'end' ? ' end' : ''}`}
                      >
                        {column.render(user)}
                      </div>
                    ))}
                    <div role="cell" className="table-cell">
                      {renderActions(user)}
                    </div>
                  </>
                )}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface SortHeaderProps {
  readonly column: UserColumn;
  readonly query: UserQuery;
  readonly onSort: UserTableProps['onSort'];
}

/** A press sorts by the column, the next one the other way round. */
function SortHeader({ column, query, onSort }: SortHeaderProps): ReactNode {
  const isSorted = query.sort === column.sort;
  const next = isSorted ? !query.descending : column.beginsDescending === true;
  return (
    <div
      role="columnheader"
      className={`table-cell${column.align === 'end' ? ' end' : ''}`}
      aria-sort={isSorted ? (query.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className="sort-button" onClick={() => onSort(column.sort, next)}>
        {column.header}
        <span className={`sort-mark${isSorted ? (query.descending ? ' descending' : ' ascending') : ''}`}>
          <Icon name="chevronDown" size={13} />
        </span>
      </button>
    </div>
  );
}
