// A number of the policy, with its unit: typed freely, handed on once it is a value within its bounds.
import { type ReactNode, useState } from 'react';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type NumberValue, outOfBounds, type Unit, unitFor } from './policy-values.ts';

/** Whole numbers, as people write them. */
const NUMBER = /^\d{1,6}$/;

export interface NumberFieldProps {
  readonly value: NumberValue;
  /** Where it begins; what is typed later is kept here. */
  readonly initial: number;
  /** What is wrong with it among the others. */
  readonly error: string | undefined;
  /** Null: what stands there is no value. */
  readonly onChange: (value: number | null) => void;
}

export function NumberField({ value, initial, error, onChange }: NumberFieldProps): ReactNode {
  const [unit, setUnit] = useState(() => unitFor(value.units, initial));
  const [text, setText] = useState(() => String(initial / unit.size));
  const [ownError, setOwnError] = useState<string | null>(null);

  const change = (typed: string, of: Unit): void => {
    setText(typed);
    setUnit(of);
    const number = NUMBER.test(typed.trim()) ? Number(typed) * of.size : null;
    const wrong = number === null ? 'Enter a whole number.' : outOfBounds(value, number);
    setOwnError(wrong);
    onChange(wrong === null ? number : null);
  };

  const [only] = value.units;
  return (
    <div className="policy-number">
      <TextField
        label={value.name}
        hideLabel
        value={text}
        onChange={(typed) => change(typed, unit)}
        inputMode="numeric"
        autoComplete="off"
        error={ownError ?? error}
      />
      {value.units.length > 1 ? (
        <Select
          label={`Unit of: ${value.name}`}
          hideLabel
          options={value.units.map(({ id, label }) => ({ value: id, label }))}
          value={unit.id}
          onChange={(id) => {
            const chosen = value.units.find((one) => one.id === id);
            if (chosen !== undefined) change(text, chosen);
          }}
        />
      ) : (
        <span className="muted policy-unit">{only?.label}</span>
      )}
    </div>
  );
}
