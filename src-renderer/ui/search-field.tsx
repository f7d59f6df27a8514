// The search field of a room; `/` focuses it from anywhere (app/shortcuts.ts finds it by its data attribute).
import type { ReactNode } from 'react';
import { Input, SearchField as AriaSearchField } from 'react-aria-components';
import { IconButton } from './button.tsx';
import './field.css';
import { Icon } from './icon.tsx';
import { KeyHint } from './key-hint.tsx';

export interface SearchFieldProps {
  /** Says what can be searched; shown as the placeholder too. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter, for instance to go on to the first result. */
  readonly onSubmit?: () => void;
}

export function SearchField({ label, value, onChange, onSubmit }: SearchFieldProps): ReactNode {
  return (
    <AriaSearchField
      className="field search-field"
      aria-label={label}
      value={value}
      onChange={onChange}
      maxLength={200}
      {...(onSubmit === undefined ? {} : { onSubmit })}
    >
      <div className="field-input">
        <Icon name="search" size={16} />
        <Input placeholder={label} data-room-search="" spellCheck={false} autoComplete="off" />
        <KeyHint>/</KeyHint>
        <IconButton icon="cross" label="Clear search" size={15} />
      </div>
    </AriaSearchField>
  );
}
