// Choices: switch for what takes effect at once, checkbox in forms, radio group for one of a few.
import type { ReactNode } from 'react';
import {
  CheckboxButton,
  CheckboxField,
  Label,
  RadioButton,
  RadioField,
  RadioGroup as AriaRadioGroup,
  SwitchButton,
  SwitchField,
} from 'react-aria-components';
import './field.css';
import { Icon } from './icon.tsx';
import type { Option } from './select.tsx';

export interface ToggleProps {
  readonly label: ReactNode;
  readonly hint?: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

const words = (label: ReactNode, hint: string | undefined): ReactNode => (
  <span className="choice-text">
    <span>{label}</span>
    {hint === undefined ? null : <span className="choice-hint">{hint}</span>}
  </span>
);

export function Checkbox({ label, hint, ...rest }: ToggleProps): ReactNode {
  return (
    <CheckboxField {...rest}>
      <CheckboxButton className="choice">
        <span className="choice-box">
          <Icon name="check" size={14} />
        </span>
        {words(label, hint)}
      </CheckboxButton>
    </CheckboxField>
  );
}

export function Switch({ label, hint, ...rest }: ToggleProps): ReactNode {
  return (
    <SwitchField {...rest}>
      <SwitchButton className="switch">
        <span className="switch-track">
          <span className="switch-thumb" />
        </span>
        {words(label, hint)}
      </SwitchButton>
    </SwitchField>
  );
}

export interface RadioOption<T extends string> extends Option<T> {
  readonly hint?: string;
}

export interface RadioGroupProps<T extends string> {
  readonly label: string;
  readonly options: readonly RadioOption<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly orientation?: 'horizontal' | 'vertical';
  readonly isDisabled?: boolean;
}

export function RadioGroup<T extends string>(props: RadioGroupProps<T>): ReactNode {
  const { label, options, value, onChange, orientation = 'vertical', isDisabled = false } = props;
  return (
    <AriaRadioGroup
      className="radio-group"
      value={value}
      orientation={orientation}
      isDisabled={isDisabled}
      onChange={(chosen) => {
        const option = options.find((one) => one.value === chosen);
        if (option !== undefined) onChange(option.value);
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className="radio-options">
        {options.map((option) => (
          <RadioField key={option.value} value={option.value}>
            <RadioButton className="choice">
              <span className="choice-box round">
                <span className="choice-dot" />
              </span>
              {words(option.label, option.hint)}
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </AriaRadioGroup>
  );
}
