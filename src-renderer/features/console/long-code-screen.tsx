// A code from paper in place of the device's: a recovery code, or a break-glass code.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { refusalWords } from './refusal-words.ts';

/** 16 letters and digits, without the groups' dashes. */
const CODE_CHARACTERS = 16;

export interface LongCodeScreenProps {
  readonly title: string;
  readonly intro: string;
  readonly label: string;
  readonly confirmLabel: string;
  readonly method: 'console:submitRecoveryCode' | 'console:useBreakGlass';
  readonly onRefused: (error: unknown) => void;
  readonly onBack: () => void;
}

export function LongCodeScreen(props: LongCodeScreenProps): ReactNode {
  const { title, intro, label, confirmLabel, method, onRefused, onBack } = props;
  const submitCode = useAction(method);
  const [code, setCode] = useState('');
  const isReady = code.replaceAll(/[^\p{L}\p{N}]/gu, '').length >= CODE_CHARACTERS;

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady || submitCode.isPending) return;
    // What was typed stays: a long code is mended, not typed anew.
    submitCode.mutate({ code }, { onError: onRefused });
  };

  return (
    <ConsoleCard title={title} intro={intro} width="narrow">
      <form className="stack loose" onSubmit={submit} noValidate>
        <TextField
          label={label}
          value={code}
          onChange={setCode}
          mono
          autoFocus
          autoComplete="off"
          maxLength={64}
          hint="16 letters and digits. Capitals, spaces and dashes do not matter."
          error={submitCode.error === null ? undefined : refusalWords(submitCode.error)}
        />
        <div className="console-foot">
          <Button onPress={onBack}>Back</Button>
          <Button type="submit" variant="primary" isDisabled={!isReady} isPending={submitCode.isPending}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </ConsoleCard>
  );
}
