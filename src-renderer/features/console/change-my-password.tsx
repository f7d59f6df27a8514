// A new password of one's own, while signed in: the present one and, where there is a factor, a code.
import { type ReactNode, type SubmitEvent, useId, useRef, useState } from 'react';
import { CallFailure, failureMessage, hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { CodeInput } from '../../ui/code-input.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { PasswordField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { refusalWords } from './refusal-words.ts';
import type { StepOf } from './screen-step.ts';
import { useCodeLength } from './use-code-length.ts';

type FieldName = 'current' | 'new' | 'code' | 'other';

function faultyField(error: Error | null): FieldName | null {
  if (error === null) return null;
  if (hasCode(error, 'code-refused')) return 'code';
  if (!hasCode(error, 'password-refused')) return 'other';
  return error instanceof CallFailure && error.details['reason'] === 'current-password' ? 'current' : 'new';
}

export interface ChangeMyPasswordProps {
  readonly step: StepOf<'signed-in'>;
  readonly onClose: () => void;
}

export function ChangeMyPassword({ step, onClose }: ChangeMyPasswordProps): ReactNode {
  const change = useAction('console:changeMyPassword');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [code, setCode] = useState('');
  const [tries, setTries] = useState(0);
  const [length, learnLength] = useCodeLength();
  const form = useId();
  const currentInput = useRef<HTMLInputElement>(null);
  const nextInput = useRef<HTMLInputElement>(null);

  const isReady = current !== '' && next !== '' && (!step.factorSetUp || code.length >= length);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady || change.isPending) return;
    change.mutate(
      { currentPassword: current, newPassword: next, code: step.factorSetUp ? code : null },
      {
        onSuccess: () => {
          showToast({
            message: 'Password changed. Other sessions and trusted browsers ended.',
            tone: 'right',
          });
          onClose();
        },
        onError: (error) => {
          learnLength(error);
          const field = faultyField(error);
          if (field === 'current') {
            setCurrent('');
            currentInput.current?.focus();
          } else if (field === 'new') nextInput.current?.focus();
          else {
            setCode('');
            setTries(tries + 1);
          }
        },
      },
    );
  };

  const faulty = faultyField(change.error);
  const message = change.error === null ? undefined : failureMessage(change.error);
  return (
    <Dialog
      title="Change password"
      size="small"
      isOpen
      onClose={onClose}
      isDismissable={!change.isPending}
      actions={
        <FormActions
          form={form}
          label="Change password"
          onCancel={onClose}
          isPending={change.isPending}
          isReady={isReady}
        />
      }
    >
      <form id={form} className="stack" onSubmit={submit} noValidate>
        <PasswordField
          label="Present password"
          value={current}
          onChange={setCurrent}
          error={faulty === 'current' ? message : undefined}
          autoFocus
          autoComplete="current-password"
          inputRef={currentInput}
        />
        <NewPasswordField
          label="New password"
          value={next}
          onChange={setNext}
          about={[step.person.userName, step.person.displayName, step.organization]}
          error={faulty === 'new' ? message : undefined}
          inputRef={nextInput}
        />
        {step.factorSetUp ? (
          <CodeInput
            key={tries}
            label="Your own current code"
            value={code}
            onChange={setCode}
            length={length}
            error={faulty === 'code' ? refusalWords(change.error) : undefined}
            autoFocus={tries > 0 && faulty === 'code'}
          />
        ) : null}
        {faulty === 'other' ? <ErrorNote error={refusalWords(change.error)} /> : null}
      </form>
    </Dialog>
  );
}
