// The field for a one-time code: boxes to look at, one real input underneath for typing, pasting and reading out.
import { type ReactNode, useRef, useState } from 'react';
import { Input, Label, TextField as AriaTextField } from 'react-aria-components';
import './code-input.css';
import './field.css';
import { FieldNote } from './text-field.tsx';

export interface CodeInputProps {
  readonly label: string;
  /** Hides the label from sight where a heading says the same. */
  readonly hideLabel?: boolean;
  /** The digits so far. */
  readonly value: string;
  readonly onChange: (digits: string) => void;
  /** Called when the last digit has come. */
  readonly onComplete?: (code: string) => void;
  /** How many digits; 6 unless told. */
  readonly length?: number;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly isDisabled?: boolean;
}

export function CodeInput(props: CodeInputProps): ReactNode {
  const { label, hideLabel = false, value, onChange, onComplete, length = 6, hint, error } = props;
  const { autoFocus = false, isDisabled = false } = props;
  const [isFocused, setFocused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const current = Math.min(value.length, length - 1);

  const take = (typed: string): void => {
    const digits = typed.replaceAll(/\D/g, '').slice(0, length);
    if (digits === value) return;
    onChange(digits);
    if (digits.length === length) onComplete?.(digits);
  };

  return (
    <AriaTextField
      className="field code-input"
      value={value}
      onChange={take}
      isInvalid={error !== undefined}
      isDisabled={isDisabled}
      validationBehavior="aria"
      autoFocus={autoFocus}
      onFocusChange={setFocused}
    >
      <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      <div className="code-boxes">
        {Array.from({ length }, (_, index) => (
          <span
            key={index}
            className="code-box"
            data-current={isFocused && index === current ? '' : undefined}
            aria-hidden="true"
          >
            {value[index] ?? ''}
          </span>
        ))}
        <Input
          ref={input}
          className="code-real-input"
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          // The caret stays at the end: the boxes have no place for another.
          onSelect={() => input.current?.setSelectionRange(value.length, value.length)}
        />
      </div>
      <FieldNote hint={hint} error={error} />
    </AriaTextField>
  );
}
