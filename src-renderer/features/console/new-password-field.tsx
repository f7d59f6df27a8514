// A new password with its strength, judged by main while it is typed.
import { type ReactNode, type Ref, useEffect, useState } from 'react';
import type { PasswordStrength } from '../../../src-shared/contract/index.ts';
import { useBridge } from '../../bridge/queries.tsx';
import { StrengthMeter } from '../../ui/strength-meter.tsx';
import { PasswordField } from '../../ui/text-field.tsx';

const TYPING_PAUSE_MS = 180;
const MAX_ABOUT_LENGTH = 100;

/** Judges `password` after a short pause in typing; undefined while there is nothing to say. */
export function usePasswordStrength(
  password: string,
  about: readonly string[],
): PasswordStrength | undefined {
  const bridge = useBridge();
  const [strength, setStrength] = useState<PasswordStrength>();
  const aboutLines = about.map((text) => text.slice(0, MAX_ABOUT_LENGTH)).join('\n');
  useEffect(() => {
    if (password === '') return undefined;
    let isLate = false;
    // Past the query cache, so that what was typed is not kept there.
    const judge = async (): Promise<void> => {
      try {
        const judged = await bridge.call('console:passwordStrength', {
          password,
          about: aboutLines.split('\n'),
        });
        if (!isLate) setStrength(judged);
      } catch {
        // Without a judgement main decides when the form is sent.
        if (!isLate) setStrength(undefined);
      }
    };
    const timer = setTimeout(() => void judge(), TYPING_PAUSE_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [bridge, password, aboutLines]);
  return password === '' ? undefined : strength;
}

export interface NewPasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  /** Words that a guesser would try first: names of the person and the organization. */
  readonly about: readonly string[];
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function NewPasswordField(props: NewPasswordFieldProps): ReactNode {
  const { label, value, onChange, about, error, autoFocus = false, inputRef } = props;
  const strength = usePasswordStrength(value, about);
  return (
    <div className="stack tight">
      <PasswordField
        label={label}
        value={value}
        onChange={onChange}
        error={error}
        autoFocus={autoFocus}
        autoComplete="new-password"
        hint={
          value === '' ? '9 characters at least. Several unrelated words are easy to remember.' : undefined
        }
        {...(inputRef === undefined ? {} : { inputRef })}
      />
      {value === '' ? null : <StrengthMeter strength={strength} />}
    </div>
  );
}
