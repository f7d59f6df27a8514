// A list that scrolls by itself and draws only the rows in sight, for lists within dialogs.
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef, useState } from 'react';
import './virtual-list.css';

export interface VirtualListProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row, index: number) => string;
  /** Pixels of a usual row; each is measured once it is drawn. */
  readonly rowHeight: number;
  /** True where the rows hold nothing that can be focused: the list itself can then be, to scroll it by keys. */
  readonly isFocusable?: boolean;
  readonly render: (row: Row, index: number) => ReactNode;
}

export function VirtualList<Row>(props: VirtualListProps<Row>): ReactNode {
  const { label, rows, rowId, rowHeight, isFocusable = false, render } = props;
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const focused = useRef(-1);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used here alone, never memoized
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowId(row, index);
    },
    overscan: 4,
    // The row that has the focus stays, or the focus would be lost when it is scrolled out of sight.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      const kept = focused.current;
      return kept < 0 || kept >= rows.length || indexes.includes(kept)
        ? indexes
        : [...indexes, kept].sort((a, b) => a - b);
    },
  });
  return (
    <div
      ref={setScroller}
      className="virtual-list"
      {...(isFocusable ? { tabIndex: 0, role: 'group', 'aria-label': label } : {})}
    >
      <ul aria-label={label} className="virtual-list-rows" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="virtual-list-row"
              style={{ transform: `translateY(${start}px)` }}
              onFocus={() => {
                focused.current = index;
              }}
              onBlur={() => {
                focused.current = -1;
              }}
            >
              {render(row, index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
