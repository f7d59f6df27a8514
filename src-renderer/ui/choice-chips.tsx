// Chips to choose at most one from: filters above a list. Arrow keys move, Tab stops once.
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import './chips.css';

export interface ChipChoice {
  readonly id: string;
  readonly label: string;
  readonly count?: number;
}

export interface ChoiceChipsProps {
  readonly label: string;
  readonly choices: readonly ChipChoice[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

export function ChoiceChips({ label, choices, selected, onSelect }: ChoiceChipsProps): ReactNode {
  return (
    <ToggleButtonGroup
      className="chips"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[selected]}
      onSelectionChange={(keys) => {
        const chosen = choices.find(({ id }) => keys.has(id));
        if (chosen !== undefined) onSelect(chosen.id);
      }}
    >
      {choices.map(({ id, label: words, count }) => (
        <ToggleButton key={id} id={id} className="chip">
          <span className="chip-words">{words}</span>
          {count === undefined ? null : <span className="chip-count">{count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
