// A new API key: its name, what it opens, and when it ends.
import { type ReactNode, useState } from 'react';
import type { ApiScope, Output } from '../../../src-shared/contract/index.ts';
import { nowMs } from '../../bridge/window-clock.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CodedDialog } from '../console/coded-dialog.tsx';
import { scopeWords } from './api-key-words.ts';

const MAX_NAME = 80;
const DAY_MS = 24 * 60 * 60 * 1000;

const spans = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'never', label: 'Never' },
] as const;
type Span = (typeof spans)[number]['value'];

const endOf = (span: Span): number | null => (span === 'never' ? null : nowMs() + Number(span) * DAY_MS);

export interface MakeApiKeyDialogProps {
  readonly isCodeAsked: boolean;
  readonly onMade: (made: Output<'administration:makeApiKey'>) => void;
  readonly onClose: () => void;
}

export function MakeApiKeyDialog({ isCodeAsked, onMade, onClose }: MakeApiKeyDialogProps): ReactNode {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<ApiScope>>(new Set());
  const [span, setSpan] = useState<Span>('90');
  const choose = (scope: ApiScope, isChosen: boolean): void =>
    setChosen((before) => {
      const after = new Set(before);
      if (isChosen) after.add(scope);
      else after.delete(scope);
      return after;
    });
  return (
    <CodedDialog
      title="Make an API key"
      method="administration:makeApiKey"
      inputOf={(code) => ({ name: name.trim(), scopes: [...chosen], expiresAtMs: endOf(span), code })}
      isCodeAlwaysAsked={isCodeAsked}
      confirmLabel="Make the key"
      isConfirmDisabled={name.trim() === '' || chosen.size === 0}
      size="normal"
      onDone={onMade}
      onClose={onClose}
    >
      <TextField
        label="Name"
        hint="Of the program that gets it. The audit shows it."
        value={name}
        onChange={setName}
        maxLength={MAX_NAME}
        autoComplete="off"
        autoFocus
      />
      <div className="api-scopes" role="group" aria-label="What it may do">
        <span className="field-label" aria-hidden="true">
          What it may do
        </span>
        {scopeWords.map(({ scope, label, hint }) => (
          <Checkbox
            key={scope}
            label={label}
            hint={hint}
            isSelected={chosen.has(scope)}
            onChange={(isChosen) => choose(scope, isChosen)}
          />
        ))}
      </div>
      <Select label="Expires" options={spans} value={span} onChange={setSpan} />
    </CodedDialog>
  );
}
