// Typing an account in: issuer, name, secret; type, algorithm, digits, period or counter for those that differ.
import { type SubmitEvent, type ReactNode, useState } from 'react';
import {
  type Account,
  MAX_PERIOD_S,
  type OtpAlgorithm,
  type OtpType,
} from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { algorithmChoices, digitChoices } from '../authenticator/code-choices.ts';
import { typedCounter, typedPeriod } from './typed-number.ts';
import { typedSecretFault, typedSecretWarning } from './typed-secret.ts';

const types = [
  { value: 'totp', label: 'Time-based (TOTP, usual)' },
  { value: 'hotp', label: 'Counter-based (HOTP)' },
  { value: 'steam', label: 'Steam' },
] as const satisfies readonly { value: OtpType; label: string }[];

export function ManualForm({ onAdded }: { readonly onAdded: (account: Account) => void }): ReactNode {
  const [type, setType] = useState<OtpType>('totp');
  const [issuer, setIssuer] = useState('');
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const [algorithm, setAlgorithm] = useState<OtpAlgorithm>('SHA-1');
  const [digits, setDigits] = useState<(typeof digitChoices)[number]['value']>('6');
  const [period, setPeriod] = useState('30');
  const [counter, setCounter] = useState('0');
  const add = useAction('authenticator:addManually');

  const isSteam = type === 'steam';
  const periodS = typedPeriod(period);
  const firstCounter = typedCounter(counter);
  const numberFault =
    type === 'totp' && periodS === null
      ? `A whole number of seconds from 1 to ${MAX_PERIOD_S}.`
      : type === 'hotp' && firstCounter === null
        ? 'A whole number from 0.'
        : undefined;
  const refused = hasCode(add.error, 'account-refused') ? add.error : null;
  const secretFault =
    typedSecretFault(secret) ?? (refused?.details['reason'] === 'label-empty' ? undefined : refused?.message);
  const warning = secretFault === undefined ? typedSecretWarning(secret) : undefined;
  const isLabelled = issuer.trim() !== '' || name.trim() !== '';
  const isReady =
    isLabelled && secret.trim() !== '' && typedSecretFault(secret) === undefined && numberFault === undefined;

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    const shape = isSteam
      ? ({ algorithm: 'SHA-1', digits: 5, periodS: 30, counter: 0 } as const)
      : { algorithm, digits: Number(digits), periodS: periodS ?? 30, counter: firstCounter ?? 0 };
    add.mutate({ type, issuer, name, secret, ...shape }, { onSuccess: onAdded });
  };

  return (
    <form className="stack" onSubmit={submit}>
      <div className="add-pair">
        <TextField
          label="Issuer"
          hint="Who asks for the codes"
          value={issuer}
          onChange={setIssuer}
          maxLength={200}
          autoFocus
        />
        <TextField
          label="Account"
          hint="Your user name there"
          value={name}
          onChange={setName}
          maxLength={200}
        />
      </div>
      <div className="stack tight">
        <TextField
          label="Secret"
          hint="Letters and digits. Spaces, dashes and small letters are fine."
          value={secret}
          onChange={(next) => {
            setSecret(next);
            add.reset();
          }}
          error={secretFault}
          maxLength={2_000}
          autoComplete="off"
          spellCheck="false"
          mono
        />
        <p className="candidate-warning small" role="status">
          {warning === undefined ? null : (
            <>
              <Icon name="warning" size={14} /> {warning}
            </>
          )}
        </p>
      </div>
      <Disclosure title="Advanced">
        <div className="add-pair">
          <Select label="Type" options={types} value={type} onChange={setType} />
          {isSteam ? (
            <p className="muted small steam-words">
              Steam’s codes have five letters and digits and change every 30 seconds.
            </p>
          ) : (
            <>
              <Select
                label="Algorithm"
                options={algorithmChoices}
                value={algorithm}
                onChange={setAlgorithm}
              />
              <Select label="Digits" options={digitChoices} value={digits} onChange={setDigits} />
            </>
          )}
          {type === 'totp' ? (
            <TextField
              label="Period in seconds"
              hint="Usually 30"
              value={period}
              onChange={setPeriod}
              error={numberFault}
              inputMode="numeric"
              maxLength={5}
            />
          ) : null}
          {type === 'hotp' ? (
            <TextField
              label="Counter"
              hint="Of the next code; usually 0"
              value={counter}
              onChange={setCounter}
              error={numberFault}
              inputMode="numeric"
              maxLength={16}
            />
          ) : null}
        </div>
      </Disclosure>
      {add.error === null || (refused !== null && secretFault !== undefined) ? null : (
        <ErrorNote error={add.error} />
      )}
      <div className="cluster end">
        <Button variant="primary" type="submit" isDisabled={!isReady} isPending={add.isPending}>
          Add account
        </Button>
      </div>
    </form>
  );
}
