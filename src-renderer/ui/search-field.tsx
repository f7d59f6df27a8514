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
  readonly onFocusChange?: (isFocused: boolean) => void;
  /** Where arrow keys move among the results while the field keeps the focus: the list, and the one they are at. */
  readonly results?: { readonly listId: string; readonly activeId: string };
}

export function SearchField(props: SearchFieldProps): ReactNode {
  const { label, value, onChange, onSubmit, onFocusChange, results } = props;
  return (
    <AriaSearchField
      className="field search-field"
      aria-label={label}
      value={value}
      onChange={onChange}
      maxLength={200}
      {...(onSubmit === undefined ? {} : { onSubmit })}
      {...(onFocusChange === undefined ? {} : { onFocusChange })}
    >
      <div className="field-input">
        <Icon name="search" size={16} />
        <Input
          placeholder={label}
          data-room-search=""
          spellCheck={false}
          autoComplete="off"
          {...(results === undefined
            ? {}
            : { 'aria-controls': results.listId, 'aria-activedescendant': results.activeId })}
        />
        <KeyHint>/</KeyHint>
        <IconButton icon="cross" label="Clear search" size={15} />
      </div>
    </AriaSearchField>
  );
}
