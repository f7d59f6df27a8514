// Two codes in a row of a device whose clock is off (S16).
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeInput } from '../../ui/code-input.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { refusalWords } from './refusal-words.ts';
import type { StepOf } from './screen-step.ts';
import { clockOffWords } from './time-words.ts';

export interface ResynchronizeProps {
  readonly step: StepOf<'code'>;
  /** How far the device's clock is ahead, as a refused code has shown. */
  readonly offsetMs: number;
  readonly trustBrowser: boolean;
  readonly onRefused: (error: unknown) => void;
  readonly onBack: () => void;
}

export function Resynchronize(props: ResynchronizeProps): ReactNode {
  const { step, offsetMs, trustBrowser, onRefused, onBack } = props;
  const resynchronize = useAction('console:resynchronize');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [tries, setTries] = useState(0);
  const isReady = first.length >= step.digits && second.length >= step.digits;

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady || resynchronize.isPending) return;
    resynchronize.mutate(
      { first, second, trustBrowser },
      {
        onError: (error) => {
          setFirst('');
          setSecond('');
          setTries(tries + 1);
          onRefused(error);
        },
      },
    );
  };

  return (
    <ConsoleCard
      title="Enter two codes in a row"
      intro={`${clockOffWords(offsetMs)} Enter the code that it shows now, then the next one. The console adjusts to this clock from then on.`}
      width="narrow"
    >
      <form className="stack loose" onSubmit={submit} noValidate>
        <CodeInput
          key={tries}
          label="First code"
          value={first}
          onChange={setFirst}
          length={step.digits}
          error={resynchronize.error === null ? undefined : refusalWords(resynchronize.error)}
          autoFocus
        />
        <CodeInput
          label="Next code"
          value={second}
          onChange={setSecond}
          length={step.digits}
          hint="Wait until your device shows another one. That takes at most 30 seconds."
        />
        <div className="console-foot">
          <Button onPress={onBack}>Back</Button>
          <Button type="submit" variant="primary" isDisabled={!isReady} isPending={resynchronize.isPending}>
            Sign in
          </Button>
        </div>
      </form>
    </ConsoleCard>
  );
}
