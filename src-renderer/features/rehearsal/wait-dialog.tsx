// Lets a span of days, hours and minutes pass at once.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { type ActionOf, MAX_WAIT_S } from '../../../src-shared/contract/index.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { TextField } from '../../ui/text-field.tsx';

const FORM = 'wait';

const parts = [
  { id: 'days', label: 'Days', seconds: 86_400 },
  { id: 'hours', label: 'Hours', seconds: 3_600 },
  { id: 'minutes', label: 'Minutes', seconds: 60 },
  { id: 'seconds', label: 'Seconds', seconds: 1 },
] as const;
type Part = (typeof parts)[number]['id'];

const numberOf = (text: string): number | null =>
  text.trim() === '' ? 0 : /^\d{1,8}$/.test(text.trim()) ? Number(text) : null;

export interface WaitDialogProps {
  readonly onWait: (wait: ActionOf<'wait'>) => unknown;
  readonly onClose: () => void;
}

export function WaitDialog({ onWait, onClose }: WaitDialogProps): ReactNode {
  const [texts, setTexts] = useState<Readonly<Record<Part, string>>>({
    days: '',
    hours: '',
    minutes: '',
    seconds: '',
  });
  const numbers = parts.map(({ id, seconds }) => ({ id, seconds, number: numberOf(texts[id]) }));
  const total = numbers.reduce((sum, { number, seconds }) => sum + (number ?? NaN) * seconds, 0);
  const isReady = total > 0 && total <= MAX_WAIT_S;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    onWait({
      do: 'wait',
      ...Object.fromEntries(
        numbers.flatMap(({ id, number }) => (number === null || number === 0 ? [] : [[id, number]])),
      ),
    });
    onClose();
  };
  return (
    <Dialog
      title="Let time pass"
      size="small"
      isOpen
      onClose={onClose}
      actions={
        <FormActions form={FORM} label="Go there" onCancel={onClose} isPending={false} isReady={isReady} />
      }
    >
      <form id={FORM} className="stack" onSubmit={submit}>
        <div className="wait-parts">
          {parts.map(({ id, label }, index) => (
            <TextField
              key={id}
              label={label}
              value={texts[id]}
              onChange={(text) => setTexts({ ...texts, [id]: text })}
              inputMode="numeric"
              placeholder="0"
              autoComplete="off"
              autoFocus={index === 0}
              error={numberOf(texts[id]) === null ? 'A whole number.' : undefined}
            />
          ))}
        </div>
        <p className="muted">
          Up to {MAX_WAIT_S / 86_400} days at once. Sessions, trust and locks end on the way.
        </p>
      </form>
    </Dialog>
  );
}
