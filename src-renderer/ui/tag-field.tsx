// The tags of one thing: chips that can be removed, a field for more, and those that are in use elsewhere to pick from.
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Button as AriaButton, Input, Label, TextField as AriaTextField } from 'react-aria-components';
import './chips.css';
import './field.css';
import { Icon } from './icon.tsx';
import { FieldNote } from './text-field.tsx';

export interface TagFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
  /** What is typed and not a tag yet; the form counts it in when it is sent. */
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  /** The tags with another one; the same where it adds nothing. */
  readonly add: (tags: readonly string[], typed: string) => readonly string[];
  /** Tags in use, the likeliest first. */
  readonly known: readonly string[];
  readonly maxLength: number;
  readonly error?: string | undefined;
}

const OFFERED = 6;

export function TagField(props: TagFieldProps): ReactNode {
  const { label, hint, tags, onChange, typed, onTyped, add, known, maxLength, error } = props;
  const input = useRef<HTMLInputElement>(null);
  const [spoken, setSpoken] = useState('');
  const start = typed.trim().toLowerCase();
  const offered = known
    .filter((tag) => !tags.includes(tag) && tag.toLowerCase().startsWith(start))
    .slice(0, OFFERED);

  const put = (words: string): void => {
    const next = add(tags, words);
    if (next !== tags) setSpoken(`Added ${words.trim()}`);
    onChange(next);
    onTyped('');
  };
  const remove = (tag: string): void => {
    onChange(tags.filter((one) => one !== tag));
    setSpoken(`Removed ${tag}`);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const last = tags.at(-1);
    if ((event.key === 'Enter' || event.key === ',') && typed.trim() !== '') {
      event.preventDefault();
      put(typed);
    } else if (event.key === 'Backspace' && typed === '' && last !== undefined) {
      event.preventDefault();
      remove(last);
    }
  };

  return (
    <div className="field">
      <AriaTextField
        className="field"
        value={typed}
        onChange={onTyped}
        maxLength={maxLength}
        isInvalid={error !== undefined}
        validationBehavior="aria"
      >
        <Label className="field-label">{label}</Label>
        <div className="field-input tag-box">
          {tags.length === 0 ? null : (
            <ul className="chips" aria-label={`${label} so far`}>
              {tags.map((tag) => (
                <li key={tag} className="chip held">
                  <span className="chip-words">{tag}</span>
                  <AriaButton
                    className="chip-remove"
                    aria-label={`Remove ${tag}`}
                    onPress={() => remove(tag)}
                  >
                    <Icon name="cross" size={12} />
                  </AriaButton>
                </li>
              ))}
            </ul>
          )}
          <Input
            ref={input}
            spellCheck={false}
            autoComplete="off"
            placeholder={tags.length === 0 ? 'For instance work' : ''}
            onKeyDownCapture={onKeyDown}
          />
        </div>
        <FieldNote hint={hint} error={error} />
      </AriaTextField>
      {offered.length === 0 ? null : (
        <div className="chips" role="group" aria-label="Tags in use">
          {offered.map((tag) => (
            <AriaButton
              key={tag}
              className="chip offered"
              aria-label={`Add ${tag}`}
              onPress={() => {
                put(tag);
                input.current?.focus();
              }}
            >
              <Icon name="plus" size={12} />
              <span className="chip-words">{tag}</span>
            </AriaButton>
          ))}
        </div>
      )}
      <span className="visually-hidden" role="status">
        {spoken}
      </span>
    </div>
  );
}
