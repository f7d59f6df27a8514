// Pages of a long list.
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';

export interface PagerProps {
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
  readonly onMove: (offset: number) => void;
}

/** Nothing while all fits on one page. */
export function Pager({ offset, limit, total, onMove }: PagerProps): ReactNode {
  if (total <= limit) return null;
  const number = (value: number): string => value.toLocaleString('en-GB');
  const last = Math.min(offset + limit, total);
  return (
    <nav className="pager" aria-label="Pages">
      <span className="muted tabular" role="status">
        {`${number(offset + 1)} to ${number(last)} of ${number(total)}`}
      </span>
      <Button
        size="small"
        icon="chevronLeft"
        isDisabled={offset === 0}
        onPress={() => onMove(Math.max(0, offset - limit))}
      >
        Previous
      </Button>
      <Button
        size="small"
        icon="chevronRight"
        isDisabled={last >= total}
        onPress={() => onMove(offset + limit)}
      >
        Next
      </Button>
    </nav>
  );
}
