// A new passphrase, typed twice, with a hint of how strong it is.
import { type ReactNode, useDeferredValue } from 'react';
import { PASSPHRASE_MIN_CHARACTERS } from '../../../src-shared/contract/index.ts';
import { useCall } from '../../bridge/queries.tsx';
import { StrengthMeter } from '../../ui/strength-meter.tsx';
import { PasswordField } from '../../ui/text-field.tsx';

export interface NewPassphrase {
  readonly first: string;
  readonly second: string;
}

/** Long enough and twice the same. */
export const isUsable = ({ first, second }: NewPassphrase): boolean =>
  Array.from(first).length >= PASSPHRASE_MIN_CHARACTERS && first === second;

export interface NewPassphraseFieldsProps {
  readonly value: NewPassphrase;
  readonly onChange: (value: NewPassphrase) => void;
  /** What it is called; a file has a password. */
  readonly label?: string;
  readonly autoFocus?: boolean;
  /** Why main refused it. */
  readonly error?: string | undefined;
}

export function NewPassphraseFields(props: NewPassphraseFieldsProps): ReactNode {
  const { value, onChange, label = 'Passphrase', autoFocus = false, error } = props;
  const judged = useDeferredValue(value.first);
  const strength = useCall(
    'console:passwordStrength',
    { password: judged, about: [] },
    { enabled: judged !== '', keepPrevious: true },
  );
  const isDifferent = value.second !== '' && !value.first.startsWith(value.second);
  return (
    <>
      <div className="stack tight">
        <PasswordField
          label={label}
          hint={`At least ${PASSPHRASE_MIN_CHARACTERS} characters. Four unrelated words are good.`}
          value={value.first}
          onChange={(first) => onChange({ ...value, first })}
          autoComplete="new-password"
          maxLength={1024}
          autoFocus={autoFocus}
          error={error}
        />
        {judged === '' ? null : <StrengthMeter strength={strength.data} />}
      </div>
      <PasswordField
        label={`${label} again`}
        value={value.second}
        onChange={(second) => onChange({ ...value, second })}
        autoComplete="new-password"
        maxLength={1024}
        error={isDifferent ? 'The two are not the same.' : undefined}
      />
    </>
  );
}
