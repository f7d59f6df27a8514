// Asks before an action, says what it ends, and asks for the person's own current code where main wants one (S10).
import { type ReactNode, useState } from 'react';
import type { Input, MethodName, Output } from '../../../src-shared/contract/index.ts';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeInput } from '../../ui/code-input.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { refusalWords } from './refusal-words.ts';
import { useCodeLength } from './use-code-length.ts';

export interface CodedDialogProps<M extends MethodName> {
  readonly title: string;
  readonly method: M;
  /** The input, given the code, or null for a try without one. */
  readonly inputOf: (code: string | null) => Input<M>;
  /** True: the code is always asked. Else only once main has answered `code-required`. */
  readonly isCodeAlwaysAsked?: boolean;
  /** Where the code is of another authenticator than one's own. */
  readonly codeLabel?: string;
  readonly codeHint?: string;
  readonly confirmLabel: string;
  readonly isDanger?: boolean;
  readonly isConfirmDisabled?: boolean;
  readonly size?: 'small' | 'normal' | 'large';
  readonly onDone: (value: Output<M>) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function CodedDialog<M extends MethodName>(props: CodedDialogProps<M>): ReactNode {
  const {
    title,
    method,
    inputOf,
    isCodeAlwaysAsked = false,
    confirmLabel,
    onDone,
    onClose,
    children,
  } = props;
  const { isDanger = false, isConfirmDisabled = false, size = 'small' } = props;
  const {
    codeLabel = 'Your own current code',
    codeHint = 'From your authenticator, to prove that it is you.',
  } = props;
  const action = useAction(method);
  const [isCodeAsked, setCodeAsked] = useState(isCodeAlwaysAsked);
  const [code, setCode] = useState('');
  const [tries, setTries] = useState(0);
  const [length, learnLength] = useCodeLength();

  const run = (): void => {
    if (action.isPending) return;
    action.mutate(inputOf(isCodeAsked ? code : null), {
      onSuccess: onDone,
      onError: (error) => {
        if (hasCode(error, 'code-required')) setCodeAsked(true);
        learnLength(error);
        setCode('');
        setTries(tries + 1);
      },
    });
  };

  const isCodeError = hasCode(action.error, 'code-refused', 'locked-out');
  const codeError = isCodeError ? refusalWords(action.error) : undefined;
  const otherError = isCodeError || hasCode(action.error, 'code-required') ? null : action.error;
  const isReady = !isConfirmDisabled && (!isCodeAsked || code.length >= length);
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      size={size}
      role="alertdialog"
      isDismissable={!action.isPending}
      actions={
        <>
          <Button onPress={onClose} isDisabled={action.isPending}>
            Cancel
          </Button>
          <Button
            variant={isDanger ? 'danger' : 'primary'}
            onPress={run}
            isPending={action.isPending}
            isDisabled={!isReady}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) run();
        }}
      >
        {children}
        {isCodeAsked ? (
          <CodeInput
            key={tries}
            label={codeLabel}
            value={code}
            onChange={setCode}
            length={length}
            hint={codeHint}
            error={codeError}
            autoFocus
          />
        ) : null}
        {otherError === null ? null : <ErrorNote error={otherError} />}
      </form>
    </Dialog>
  );
}
