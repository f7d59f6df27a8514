// Typing an account in: issuer, name, secret; algorithm, digits and period for the few services that differ.
import { type SubmitEvent, type ReactNode, useState } from 'react';
import { Disclosure, DisclosurePanel, Heading, Button as AriaButton } from 'react-aria-components';
import type { Account, OtpAlgorithm } from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { typedSecretFault } from './typed-secret.ts';

const MAX_PERIOD_S = 86_400;

const algorithms = [
  { value: 'SHA-1', label: 'SHA-1 (usual)' },
  { value: 'SHA-256', label: 'SHA-256' },
  { value: 'SHA-512', label: 'SHA-512' },
] as const satisfies readonly { value: OtpAlgorithm; label: string }[];

const digitChoices = [
  { value: '6', label: '6 (usual)' },
  { value: '7', label: '7' },
  { value: '8', label: '8' },
] as const;

export function ManualForm({ onAdded }: { readonly onAdded: (account: Account) => void }): ReactNode {
  const [issuer, setIssuer] = useState('');
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const [algorithm, setAlgorithm] = useState<OtpAlgorithm>('SHA-1');
  const [digits, setDigits] = useState<'6' | '7' | '8'>('6');
  const [period, setPeriod] = useState('30');
  const add = useAction('authenticator:addManually');

  const periodS = /^\d{1,5}$/.test(period.trim()) ? Number(period.trim()) : 0;
  const periodFault =
    periodS < 1 || periodS > MAX_PERIOD_S
      ? `A whole number of seconds from 1 to ${MAX_PERIOD_S}.`
      : undefined;
  const refused = hasCode(add.error, 'account-refused') ? add.error : null;
  const secretFault =
    typedSecretFault(secret) ?? (refused?.details['reason'] === 'label-empty' ? undefined : refused?.message);
  const isLabelled = issuer.trim() !== '' || name.trim() !== '';
  const isReady =
    isLabelled && secret.trim() !== '' && typedSecretFault(secret) === undefined && periodFault === undefined;

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    add.mutate({ issuer, name, secret, algorithm, digits: Number(digits), periodS }, { onSuccess: onAdded });
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
      <Disclosure className="add-advanced">
        <Heading level={3}>
          <AriaButton slot="trigger" className="add-advanced-trigger">
            <Icon name="chevronRight" size={15} /> Advanced
          </AriaButton>
        </Heading>
        <DisclosurePanel className="add-advanced-panel">
          <div className="add-three">
            <Select label="Algorithm" options={algorithms} value={algorithm} onChange={setAlgorithm} />
            <Select label="Digits" options={digitChoices} value={digits} onChange={setDigits} />
            <TextField
              label="Period in seconds"
              value={period}
              onChange={setPeriod}
              error={periodFault}
              inputMode="numeric"
              maxLength={5}
            />
          </div>
        </DisclosurePanel>
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
