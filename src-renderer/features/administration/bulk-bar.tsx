// The bar under the list while users are chosen: how many, what can be done with them, and how to choose all that match.
import type { ReactNode } from 'react';
import type { BulkAction } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { useIsNarrow } from '../../ui/data-table.tsx';
import { Menu } from '../../ui/menu.tsx';
import { counted } from '../console/time-words.ts';
import { bulkWords } from './bulk-actions.ts';
import { countOf, type Selection } from './selection.ts';

/** In the bar itself, where there is room. */
const near: readonly BulkAction[] = ['end-sessions', 'reset-factor'];
const more: readonly BulkAction[] = [
  'reset-trusted-browsers',
  'unlock',
  'set-unit',
  'activate',
  'deactivate',
  'delete',
];

export interface BulkBarProps {
  readonly selection: Selection;
  /** How many match the query. */
  readonly matching: number;
  /** Moving to another unit is there. */
  readonly canMove: boolean;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
  readonly onChoose: (action: BulkAction) => void;
}

export function BulkBar({
  selection,
  matching,
  canMove,
  onSelectAll,
  onClear,
  onChoose,
}: BulkBarProps): ReactNode {
  const isNarrow = useIsNarrow();
  const inBar = isNarrow ? [] : near;
  const inMenu = isNarrow ? [...near, ...more] : more;
  const count = countOf(selection);
  if (count === 0) return null;
  const isAll = selection.kind === 'matching' || count >= matching;
  return (
    <section className="bulk-bar" aria-label="Chosen users">
      <span className="bulk-bar-count tabular" role="status">
        {selection.kind === 'matching'
          ? `All ${counted(count, 'user')} that match`
          : `${counted(count, 'user')} chosen`}
      </span>
      {isAll ? null : (
        <Button size="small" variant="quiet" onPress={onSelectAll}>
          {`All ${matching.toLocaleString('en-GB')} that match`}
        </Button>
      )}
      <Button size="small" variant="quiet" onPress={onClear}>
        Clear
      </Button>
      {inBar.map((action) => (
        <Button key={action} size="small" icon={bulkWords[action].icon} onPress={() => onChoose(action)}>
          {action === 'reset-factor' ? 'Reset 2FA' : bulkWords[action].label}
        </Button>
      ))}
      <Menu
        label="More actions for the chosen users"
        buttonText="More"
        actions={inMenu
          .filter((action) => action !== 'set-unit' || canMove)
          .map((action) => ({
            id: action,
            label: action === 'set-unit' ? 'Move to unit…' : bulkWords[action].label,
            icon: bulkWords[action].icon,
            isDanger: bulkWords[action].isDanger === true,
            onAction: () => onChoose(action),
          }))}
      />
    </section>
  );
}
