// The second step of a sign-in: the code, and whether this browser is trusted from now on (G6, G7, G9–G11).
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { CodeInput } from '../../ui/code-input.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { refusalWords } from './refusal-words.ts';
import type { StepOf } from './screen-step.ts';
import { counted } from './time-words.ts';
import { useMinutesLeft } from './use-minutes-left.ts';

/** Said from this many tries on. */
const FEW_TRIES = 4;

function triesWords(attemptsLeft: number): string | undefined {
  if (attemptsLeft === 0) return 'No code is taken for a while, after too many wrong ones.';
  return attemptsLeft > FEW_TRIES ? undefined : `${counted(attemptsLeft, 'try', 'tries')} left.`;
}

export interface CodeScreenProps {
  readonly step: StepOf<'code'>;
  readonly onRefused: (error: unknown) => void;
}

export function CodeScreen({ step, onRefused }: CodeScreenProps): ReactNode {
  const submitCode = useAction('console:submitCode');
  const cancel = useAction('console:cancelSignIn');
  const [code, setCode] = useState('');
  const [trustBrowser, setTrustBrowser] = useState(false);
  const [tries, setTries] = useState(0);
  useMinutesLeft(step.expiresAtMs);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (code.length < 6 || submitCode.isPending) return;
    submitCode.mutate(
      { code, trustBrowser },
      {
        onError: (error) => {
          setCode('');
          setTries(tries + 1);
          onRefused(error);
        },
      },
    );
  };

  const hint = triesWords(step.attemptsLeft);
  const error = submitCode.error ?? cancel.error;
  const sentence = error === null ? undefined : refusalWords(error);
  return (
    <ConsoleCard
      title="Enter your code"
      intro={`${step.person.displayName}, open your authenticator and enter the code for ${step.organization}.`}
      width="narrow"
    >
      <form className="stack loose" onSubmit={submit} noValidate>
        <CodeInput
          key={tries}
          label="Code"
          hideLabel
          value={code}
          onChange={setCode}
          hint={hint ?? 'It lives 30 seconds. If you are too slow, use the next one.'}
          error={
            sentence === undefined || hint === undefined || step.attemptsLeft === 0
              ? sentence
              : `${sentence} ${hint}`
          }
          autoFocus
        />
        <Checkbox
          label={`Trust this browser for ${counted(step.trustDays, 'day')}`}
          hint="No code is asked here then, only the password."
          isSelected={trustBrowser}
          onChange={setTrustBrowser}
        />
        <div className="console-foot">
          <Button onPress={() => cancel.mutate({})} isPending={cancel.isPending}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="primary"
            isDisabled={code.length < 6}
            isPending={submitCode.isPending}
          >
            Sign in
          </Button>
        </div>
      </form>
      <details className="help-ways">
        <summary>
          <Icon name="chevronRight" size={16} />I can’t use my device
        </summary>
        <ol>
          <li>
            <strong>From a browser that you trust</strong>
            <span className="muted">
              If you ticked “Trust this browser” on another browser or computer, sign in there: no code is
              asked.
            </span>
          </li>
          <li>
            <strong>With the QR code or secret that you kept</strong>
            <span className="muted">
              Set up a new device from it: scan the code or type the secret into any authenticator app. Its
              codes work here at once.
            </span>
          </li>
          <li>
            <strong>With an administrator</strong>
            <span className="muted">
              If nothing was kept, ask an administrator of {step.organization} to reset your two-factor
              authentication. You set it up again at your next sign-in.
            </span>
          </li>
        </ol>
      </details>
    </ConsoleCard>
  );
}
