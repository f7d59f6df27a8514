// Fields for text and passwords: label above, hint or error below, where the fault is.
import { type ReactNode, type Ref, useState } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { IconButton } from './button.tsx';
import './field.css';
import { Icon } from './icon.tsx';

/** What stands below a field: its error when there is one, else its hint. */
export function FieldNote({
  hint,
  error,
}: {
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
}): ReactNode {
  const isWrong = error !== undefined && error !== null && error !== '';
  return (
    <>
      {hint === undefined || isWrong ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">
        {({ validationErrors }) => (
          <>
            <Icon name="wrong" size={15} />
            <span>{isWrong ? error : validationErrors.join(' ')}</span>
          </>
        )}
      </FieldError>
    </>
  );
}

export interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  'children' | 'className' | 'style' | 'isInvalid'
> {
  readonly label: string;
  /** Hides the label from sight where its place says the same. */
  readonly hideLabel?: boolean;
  readonly hint?: ReactNode;
  /** Shown below in place of the hint, and announced. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
  /** For secrets and links that are read letter by letter. */
  readonly mono?: boolean;
  /** Several lines. */
  readonly multiline?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  hideLabel = false,
  hint,
  error,
  placeholder,
  mono = false,
  multiline = false,
  inputRef,
  ...rest
}: TextFieldProps): ReactNode {
  const hints = placeholder === undefined ? {} : { placeholder };
  return (
    <AriaTextField
      {...rest}
      validationBehavior="aria"
      isInvalid={error !== undefined}
      className={`field${mono ? ' field-mono' : ''}`}
    >
      <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      <div className="field-input">
        {multiline ? (
          <TextArea {...hints} spellCheck={false} />
        ) : (
          <Input {...hints} {...(inputRef === undefined ? {} : { ref: inputRef })} />
        )}
      </div>
      <FieldNote hint={hint} error={error} />
    </AriaTextField>
  );
}

export type PasswordFieldProps = Omit<
  TextFieldProps,
  'hideLabel' | 'multiline' | 'mono' | 'type' | 'autoComplete'
> & {
  /** `new-password` when one is chosen, so that password managers offer to make one. */
  readonly autoComplete: 'current-password' | 'new-password' | 'off';
};

/** A password with a button that shows and hides it. */
export function PasswordField({
  label,
  hint,
  error,
  placeholder,
  inputRef,
  ...rest
}: PasswordFieldProps): ReactNode {
  const [isShown, setShown] = useState(false);
  return (
    <AriaTextField
      {...rest}
      type={isShown ? 'text' : 'password'}
      validationBehavior="aria"
      isInvalid={error !== undefined}
      className="field"
    >
      <Label className="field-label">{label}</Label>
      <div className="field-input">
        <Input
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(inputRef === undefined ? {} : { ref: inputRef })}
          spellCheck={false}
          autoCapitalize="none"
        />
        <IconButton
          icon={isShown ? 'eyeOff' : 'eye'}
          label={isShown ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
          onPress={() => setShown(!isShown)}
        />
      </div>
      <FieldNote hint={hint} error={error} />
    </AriaTextField>
  );
}
