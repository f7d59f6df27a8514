// A table of rows. Beyond a hundred rows only those in sight are drawn.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import './data-table.css';
import { useScroller } from './page.tsx';

export interface Column<Row> {
  readonly id: string;
  /** Read out even where `isHeaderHidden`. */
  readonly header: string;
  readonly isHeaderHidden?: boolean;
  /** A CSS grid track, for instance 'minmax(160px, 1.5fr)' or '120px'. */
  readonly width: string;
  readonly align?: 'start' | 'end';
  /** Left out below 1000 px of window width. */
  readonly isExtra?: boolean;
  readonly render: (row: Row) => ReactNode;
}

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** Pixels; 56 unless told. Rows in a table of more than a hundred have exactly this height. */
  readonly rowHeight?: number;
  /** Rows that are there but not loaded, for `aria-rowcount`. */
  readonly total?: number;
}

const VIRTUAL_FROM = 100;

export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { label, columns, rows, rowId, rowHeight = 56, total = rows.length } = props;
  const isNarrow = useIsNarrow();
  const shown = columns.filter((column) => !isNarrow || column.isExtra !== true);
  const tracks = shown.map((column) => column.width).join(' ');

  const line = (row: Row, index: number): ReactNode => (
    <div
      key={rowId(row)}
      role="row"
      aria-rowindex={index + 2}
      className="table-row"
      style={{ gridTemplateColumns: tracks, minHeight: rowHeight }}
    >
      {shown.map((column, columnIndex) => (
        <div
          key={column.id}
          role={columnIndex === 0 ? 'rowheader' : 'cell'}
          className={`table-cell${column.align === 'end' ? ' end' : ''}`}
        >
          {column.render(row)}
        </div>
      ))}
    </div>
  );

  return (
    <div className="table" role="table" aria-label={label} aria-rowcount={total + 1}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className="table-head" style={{ gridTemplateColumns: tracks }}>
          {shown.map((column) => (
            <div
              key={column.id}
              role="columnheader"
              className={`table-cell${column.align === 'end' ? ' end' : ''}`}
            >
              <span className={column.isHeaderHidden === true ? 'visually-hidden' : undefined}>
                {column.header}
              </span>
            </div>
          ))}
        </div>
      </div>
      {rows.length > VIRTUAL_FROM ? (
        <VirtualRows rows={rows} rowHeight={rowHeight} line={line} />
      ) : (
        <div role="rowgroup">{rows.map(line)}</div>
      )}
    </div>
  );
}

interface VirtualRowsProps<Row> {
  readonly rows: readonly Row[];
  readonly rowHeight: number;
  readonly line: (row: Row, index: number) => ReactNode;
}

function VirtualRows<Row>({ rows, rowHeight, line }: VirtualRowsProps<Row>): ReactNode {
  const scroller = useScroller();
  const body = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    if (scroller === null || body.current === null) return;
    setScrollMargin(
      body.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
    );
  }, [scroller, rows]);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used here alone, never memoized
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollMargin,
  });
  return (
    <div role="rowgroup" className="table-virtual" ref={body} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((item) => {
        const row = rows[item.index];
        return row === undefined ? null : (
          <div
            key={item.key}
            role="presentation"
            className="table-virtual-row"
            style={{ height: item.size, transform: `translateY(${item.start - scrollMargin}px)` }}
          >
            {line(row, item.index)}
          </div>
        );
      })}
    </div>
  );
}

/** True below 1000 px of window width, where extra columns are left out. */
export function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia('(max-width: 999px)').matches);
  useLayoutEffect(() => {
    const query = matchMedia('(max-width: 999px)');
    const listen = (): void => setNarrow(query.matches);
    query.addEventListener('change', listen);
    return () => query.removeEventListener('change', listen);
  }, []);
  return isNarrow;
}
