// The policy: every value with its default, judged while it is typed, and saved together.
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import type { Guessing, Output, Policy } from '../../../src-shared/contract/index.ts';
import { failureMessage, hasCode } from '../../bridge/failure.ts';
import { useCall } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Switch } from '../../ui/choice.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/spinner.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CodedDialog } from '../console/coded-dialog.tsx';
import type { StepOf } from '../console/screen-step.ts';
import { counted } from '../console/time-words.ts';
import './administration.css';
import { NumberField } from './number-field.tsx';
import './policy-editor.css';
import {
  changedKeys,
  editsOf,
  nameOf,
  type PolicyKey,
  type PolicyValue,
  policyGroups,
  valueWords,
  wordsOf,
} from './policy-values.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { useSettled } from './use-settled.ts';

const TYPING_PAUSE_MS = 250;

const algorithms = [
  { value: 'SHA-1', label: 'SHA-1' },
  { value: 'SHA-256', label: 'SHA-256' },
  { value: 'SHA-512', label: 'SHA-512' },
] as const;

export function PolicyEditor({ step }: { readonly step: StepOf<'signed-in'> }): ReactNode {
  const { data, error, refetch } = useCall('administration:policy', {});
  if (data === undefined) {
    return error === null ? (
      <Skeleton rows={4} height={90} />
    ) : (
      <ErrorNote error={error} onRetry={() => void refetch()} />
    );
  }
  return <Editor present={data} isCodeAsked={step.factorSetUp} />;
}

interface EditorProps {
  readonly present: Output<'administration:policy'>;
  readonly isCodeAsked: boolean;
}

function Editor({ present, isCodeAsked }: EditorProps): ReactNode {
  const { policy, defaults } = present;
  const client = useQueryClient();
  /** What was changed here and not saved. All else is as it is in force, also after another administrator's save. */
  const [edits, setEdits] = useState<Partial<Policy>>({});
  const draft = useMemo(() => ({ ...policy, ...edits }), [policy, edits]);
  /** The policy that `edits` were made to. */
  const [base, setBase] = useState(policy);
  /** What stands there is no value. */
  const [unready, setUnready] = useState<ReadonlySet<PolicyKey>>(new Set());
  /** Fields begin anew with it: after a restored default, after all changes were given up, and after a save elsewhere. */
  const [rounds, setRounds] = useState<Readonly<Partial<Record<PolicyKey, number>>>>({});
  const [isSaving, setSaving] = useState(false);
  const changed = changedKeys(policy, draft);
  const isDirty = changed.length > 0 || unready.size > 0;
  const guard = useLeaveGuard(isDirty);

  const settled = useSettled(draft, TYPING_PAUSE_MS);
  const judged = useCall('administration:judgePolicy', settled, {
    enabled: isDirty && unready.size === 0,
    keepPrevious: true,
  });
  const conflict = isDirty && hasCode(judged.error, 'invalid-input') ? judged.error : null;
  const guessing = isDirty ? (judged.data ?? present.guessing) : present.guessing;

  const change = (part: Partial<Policy>): void =>
    setEdits((before) => editsOf(policy, { ...policy, ...before, ...part }));
  const ready = (key: PolicyKey, isReady: boolean): void =>
    setUnready((before) => {
      const after = new Set(before);
      if (isReady) after.delete(key);
      else after.add(key);
      return after;
    });
  const beginAnew = (keys: readonly PolicyKey[]): void => {
    setRounds((before) => ({
      ...before,
      ...Object.fromEntries(keys.map((key) => [key, (before[key] ?? 0) + 1])),
    }));
    for (const key of keys) ready(key, true);
  };
  const discard = (): void => {
    beginAnew([...changed, ...unready]);
    setEdits({});
  };
  if (policy !== base) {
    setBase(policy);
    setEdits(editsOf(policy, draft));
    beginAnew(changedKeys(base, policy).filter((key) => !(key in edits) && !unready.has(key)));
  }

  return (
    <div className="stack policy-editor">
      <div className="section-head">
        <h2>Policy</h2>
        <p className="muted">The rules for everyone. Each can be set back to its default.</p>
      </div>
      <GuessingCard guessing={guessing} isDraft={isDirty} />
      {policyGroups.map((group) => (
        <Card key={group.title} title={group.title} description={group.description}>
          <div className="policy-rows" role="group" aria-label={group.title}>
            {group.values.map((value) => (
              <Row
                key={value.key}
                value={value}
                draft={draft}
                defaults={defaults}
                isChanged={changed.includes(value.key) || unready.has(value.key)}
                isDefault={draft[value.key] === defaults[value.key] && !unready.has(value.key)}
                onRestore={() => {
                  change({ [value.key]: defaults[value.key] });
                  beginAnew([value.key]);
                }}
              >
                <ValueField
                  key={rounds[value.key] ?? 0}
                  value={value}
                  draft={draft}
                  error={conflict?.details['value'] === value.key ? failureMessage(conflict) : undefined}
                  onChange={change}
                  onReady={ready}
                />
              </Row>
            ))}
          </div>
        </Card>
      ))}
      {isDirty ? (
        <div className="policy-save" role="region" aria-label="Unsaved changes">
          <span role="status">
            {conflict === null
              ? counted(Math.max(1, changed.length), 'unsaved change')
              : failureMessage(conflict)}
          </span>
          <Button onPress={discard}>Discard</Button>
          <Button
            variant="primary"
            isDisabled={unready.size > 0 || changed.length === 0 || conflict !== null}
            onPress={() => setSaving(true)}
          >
            Save…
          </Button>
        </div>
      ) : null}
      {isSaving ? (
        <CodedDialog
          title="Save the policy"
          method="administration:savePolicy"
          inputOf={(code) => ({ policy: draft, code })}
          isCodeAlwaysAsked={isCodeAsked}
          confirmLabel="Save"
          size="normal"
          onDone={(saved) => {
            setSaving(false);
            setEdits({});
            client.setQueryData<Output<'administration:policy'>>(
              ['administration:policy', {}],
              (known) => known && { ...known, ...saved },
            );
            showToast({ message: 'The policy is in force.', tone: 'right' });
          }}
          onClose={() => setSaving(false)}
        >
          <ul className="policy-changes" aria-label="Changes">
            {changed.map((key) => (
              <li key={key}>
                {nameOf(key)}: <span className="muted">{wordsOf(policy, key)}</span>{' '}
                <span aria-hidden="true">→</span>
                <span className="visually-hidden">becomes</span> <strong>{wordsOf(draft, key)}</strong>
              </li>
            ))}
          </ul>
          <p className="muted">
            In force at once. Shorter times of sessions and trusted browsers end what is under way; digits,
            period and algorithm hold for factors that are set up from then on.
          </p>
          {guessing.warnings.map((warning) => (
            <Note key={warning} tone="attention">
              {warning}
            </Note>
          ))}
        </CodedDialog>
      ) : null}
      <ConfirmDialog
        title="Leave without saving?"
        isOpen={guard.wanted !== null}
        onClose={guard.stay}
        confirmLabel="Leave"
        isDanger
        onConfirm={guard.leave}
      >
        <p>The policy has {counted(Math.max(1, changed.length), 'change')} that you have not saved.</p>
      </ConfirmDialog>
    </div>
  );
}

interface RowProps {
  readonly value: PolicyValue;
  readonly draft: Policy;
  readonly defaults: Policy;
  readonly isChanged: boolean;
  readonly isDefault: boolean;
  readonly onRestore: () => void;
  readonly children: ReactNode;
}

function Row({ value, draft, defaults, isChanged, isDefault, onRestore, children }: RowProps): ReactNode {
  const zero = value.kind === 'number' && draft[value.key] === 0 ? value.zero : undefined;
  return (
    <div className={`policy-row${isChanged ? ' changed' : ''}`}>
      <div>
        <p className="table-title">{value.name}</p>
        {value.hint === undefined ? null : <p className="table-subtitle">{value.hint}</p>}
      </div>
      <div>
        {children}
        {zero === undefined ? null : <p className="table-subtitle">0: {zero}</p>}
      </div>
      <div className="policy-default">
        {isDefault ? (
          <span className="muted small">default</span>
        ) : (
          <Button size="small" variant="quiet" icon="undo" onPress={onRestore}>
            {valueWords(defaults, value)}
            <span className="visually-hidden"> again, the default of: {value.name}</span>
          </Button>
        )}
      </div>
    </div>
  );
}

interface ValueFieldProps {
  readonly value: PolicyValue;
  readonly draft: Policy;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<Policy>) => void;
  readonly onReady: (key: PolicyKey, isReady: boolean) => void;
}

function ValueField({ value, draft, error, onChange, onReady }: ValueFieldProps): ReactNode {
  switch (value.kind) {
    case 'number':
      return (
        <NumberField
          value={value}
          initial={draft[value.key]}
          error={error}
          onChange={(number) => {
            onReady(value.key, number !== null);
            if (number !== null) onChange({ [value.key]: number });
          }}
        />
      );
    case 'algorithm':
      return (
        <Select
          label={value.name}
          hideLabel
          options={algorithms}
          value={draft.algorithm}
          onChange={(algorithm) => onChange({ algorithm })}
        />
      );
    case 'recovery-codes':
      return (
        <Switch
          label={draft.recoveryCodes ? 'On' : 'Off'}
          isSelected={draft.recoveryCodes}
          onChange={(recoveryCodes) => onChange({ recoveryCodes })}
        />
      );
  }
}

const oneIn = (chance: number): string =>
  chance <= 0 ? 'none' : `1 in ${Math.round(1 / chance).toLocaleString('en-GB')}`;

interface GuessingCardProps {
  readonly guessing: Guessing;
  readonly isDraft: boolean;
}

function GuessingCard({ guessing, isDraft }: GuessingCardProps): ReactNode {
  const { triesPerDay, triesPerMonth, chancePerDay, chancePerMonth, warnings } = guessing;
  return (
    <Card
      title="Chance of guessing a code"
      description={`For somebody who has the password, ${isDraft ? 'with the values below' : 'as it is now'}.`}
    >
      <div className="stack">
        <div role="status">
          <dl className="guessing">
            <div>
              <dt>In a day</dt>
              <dd>{oneIn(chancePerDay)}</dd>
              <dd className="table-subtitle">at most {counted(triesPerDay, 'code')} tried</dd>
            </div>
            <div>
              <dt>In a month</dt>
              <dd>{oneIn(chancePerMonth)}</dd>
              <dd className="table-subtitle">
                at most {counted(triesPerMonth, 'code')}, if the user signs in daily
              </dd>
            </div>
          </dl>
        </div>
        {warnings.map((warning) => (
          <Note key={warning} tone="attention">
            {warning}
          </Note>
        ))}
      </div>
    </Card>
  );
}
