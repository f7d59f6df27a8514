// A break-glass code was used: what happens when, and how it is stopped by whoever has a device after all.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeInput } from '../../ui/code-input.tsx';
import { Note } from '../../ui/note.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { refusalWords } from './refusal-words.ts';
import type { StepOf } from './screen-step.ts';
import { exactTime } from './time-words.ts';
import { useCodeLength } from './use-code-length.ts';
import { useMinutesLeft } from './use-minutes-left.ts';

export interface BreakGlassWaitProps {
  readonly step: StepOf<'break-glass'>;
  readonly onRefused: (error: unknown) => void;
}

export function BreakGlassWait({ step, onRefused }: BreakGlassWaitProps): ReactNode {
  const submitCode = useAction('console:submitCode');
  const cancel = useAction('console:cancelSignIn');
  const [code, setCode] = useState('');
  const [tries, setTries] = useState(0);
  const [length, learnLength] = useCodeLength();
  useMinutesLeft(step.effectiveAtMs);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (code.length < length || submitCode.isPending) return;
    submitCode.mutate(
      { code, trustBrowser: false },
      {
        onError: (error) => {
          learnLength(error);
          setCode('');
          setTries(tries + 1);
          onRefused(error);
        },
      },
    );
  };

  const error = submitCode.error ?? cancel.error;
  return (
    <ConsoleCard title="The delay is running" width="normal" takesFocus>
      <Note tone="attention">
        A break-glass code was used for {step.person.displayName}. It takes effect on{' '}
        <strong>{exactTime(step.effectiveAtMs)}</strong>.
      </Note>
      <ol className="plain-steps">
        <li>Every administrator of {step.organization} is told of it, and can cancel it until then.</li>
        <li>From then on, sign in with your password and enter the same code again.</li>
        <li>Your old device is removed, and you set up a new one.</li>
      </ol>
      <form className="stack loose" onSubmit={submit} noValidate>
        <CodeInput
          key={tries}
          label="Have you found your device? Enter its code"
          value={code}
          onChange={setCode}
          length={length}
          hint="That signs you in, and cancels the break-glass use."
          error={error === null ? undefined : refusalWords(error)}
          autoFocus={tries > 0}
        />
        <div className="console-foot">
          <Button onPress={() => cancel.mutate({})} isPending={cancel.isPending}>
            Back to sign-in
          </Button>
          <Button
            type="submit"
            variant="primary"
            isDisabled={code.length < length}
            isPending={submitCode.isPending}
          >
            Sign in
          </Button>
        </div>
      </form>
    </ConsoleCard>
  );
}
