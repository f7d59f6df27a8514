// How far a clock of the world is off, the console's or a device's.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { MAX_AHEAD_S } from '../../../src-shared/contract/index.ts';
import { RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { TextField } from '../../ui/text-field.tsx';

const FORM = 'set-clock';

const directions = [
  { value: 'ahead', label: 'ahead' },
  { value: 'behind', label: 'behind' },
] as const;

export interface ClockDialogProps {
  readonly title: string;
  /** "The clock of New phone is" */
  readonly who: string;
  readonly hint: string;
  readonly aheadMs: number;
  readonly onSet: (aheadSeconds: number) => void;
  readonly onClose: () => void;
}

export function ClockDialog({ title, who, hint, aheadMs, onSet, onClose }: ClockDialogProps): ReactNode {
  const [text, setText] = useState(String(Math.abs(Math.round(aheadMs / 1000))));
  const [direction, setDirection] = useState<'ahead' | 'behind'>(aheadMs < 0 ? 'behind' : 'ahead');
  const seconds = /^\d{1,8}$/.test(text.trim()) ? Number(text) : null;
  const isRight = seconds !== null && seconds <= MAX_AHEAD_S;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isRight) return;
    onSet(direction === 'ahead' ? seconds : seconds === 0 ? 0 : -seconds);
    onClose();
  };
  return (
    <Dialog
      title={title}
      size="small"
      isOpen
      onClose={onClose}
      actions={<FormActions form={FORM} label="Set" onCancel={onClose} isPending={false} isReady={isRight} />}
    >
      <form id={FORM} className="stack" onSubmit={submit}>
        <TextField
          label="Seconds off"
          value={text}
          onChange={setText}
          inputMode="numeric"
          autoFocus
          autoComplete="off"
          hint="0: it is right. 90 is the distance of three codes."
          error={isRight ? undefined : `Enter a whole number up to ${MAX_AHEAD_S.toLocaleString('en-GB')}.`}
        />
        <RadioGroup
          label={who}
          options={directions}
          value={direction}
          onChange={setDirection}
          orientation="horizontal"
        />
        <p className="muted">{hint}</p>
      </form>
    </Dialog>
  );
}
