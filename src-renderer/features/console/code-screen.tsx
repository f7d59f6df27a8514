// The second step of a sign-in: the code, and the ways on when it cannot be shown or its clock is off (G6, G7, G9–G11).
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { CallFailure, hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { CodeInput } from '../../ui/code-input.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { LongCodeScreen } from './long-code-screen.tsx';
import { LostDeviceScreen } from './lost-device.tsx';
import { refusalWords } from './refusal-words.ts';
import { Resynchronize } from './resynchronize.tsx';
import type { StepOf } from './screen-step.ts';
import { counted } from './time-words.ts';
import { useMinutesLeft } from './use-minutes-left.ts';

/** Said from this many tries on. */
const FEW_TRIES = 4;

function triesWords(attemptsLeft: number): string | undefined {
  if (attemptsLeft === 0) return 'No code is taken for now, after too many wrong ones.';
  return attemptsLeft > FEW_TRIES ? undefined : `${counted(attemptsLeft, 'try', 'tries')} left.`;
}

/** How far the device's clock is ahead, where that is why the code was refused (S16). */
function clockOffsetMs(error: Error | null): number | null {
  if (!(error instanceof CallFailure) || !hasCode(error, 'code-refused')) return null;
  const { reason, offsetMs } = error.details;
  return reason === 'device-clock' && typeof offsetMs === 'number' ? offsetMs : null;
}

export interface CodeScreenProps {
  readonly step: StepOf<'code'>;
  readonly onRefused: (error: unknown) => void;
}

type Way = 'code' | 'resynchronize' | 'lost-device' | 'recovery' | 'break-glass';

export function CodeScreen({ step, onRefused }: CodeScreenProps): ReactNode {
  const [way, setWay] = useState<Way>('code');
  const [trustBrowser, setTrustBrowser] = useState(false);
  const [offsetMs, setOffsetMs] = useState(0);
  useMinutesLeft(step.expiresAtMs);
  const toLostDevice = (): void => setWay('lost-device');

  switch (way) {
    case 'code':
      return (
        <EnterCode
          step={step}
          trustBrowser={trustBrowser}
          onTrustBrowser={setTrustBrowser}
          onRefused={onRefused}
          onLostDevice={toLostDevice}
          onResynchronize={(offset) => {
            setOffsetMs(offset);
            setWay('resynchronize');
          }}
        />
      );
    case 'resynchronize':
      return (
        <Resynchronize
          step={step}
          offsetMs={offsetMs}
          trustBrowser={trustBrowser}
          onRefused={onRefused}
          onBack={() => setWay('code')}
        />
      );
    case 'lost-device':
      return (
        <LostDeviceScreen
          step={step}
          onBack={() => setWay('code')}
          onRecovery={() => setWay('recovery')}
          onBreakGlass={() => setWay('break-glass')}
        />
      );
    case 'recovery':
      return (
        <LongCodeScreen
          title="Enter a recovery code"
          intro="One of the codes that you printed or saved. Each one works once."
          label="Recovery code"
          confirmLabel="Sign in"
          method="console:submitRecoveryCode"
          onRefused={onRefused}
          onBack={toLostDevice}
        />
      );
    case 'break-glass':
      return (
        <LongCodeScreen
          title="Use a break-glass code"
          intro="One of the sealed codes of the organization. Its use is told to every administrator and takes effect after a delay; meanwhile it can be cancelled. After the delay, enter the same code here again to set up a new device."
          label="Break-glass code"
          confirmLabel="Use the code"
          method="console:useBreakGlass"
          onRefused={onRefused}
          onBack={toLostDevice}
        />
      );
  }
}

interface EnterCodeProps extends CodeScreenProps {
  readonly trustBrowser: boolean;
  readonly onTrustBrowser: (trust: boolean) => void;
  readonly onLostDevice: () => void;
  readonly onResynchronize: (offsetMs: number) => void;
}

function EnterCode(props: EnterCodeProps): ReactNode {
  const { step, trustBrowser, onTrustBrowser, onRefused, onLostDevice, onResynchronize } = props;
  const submitCode = useAction('console:submitCode');
  const cancel = useAction('console:cancelSignIn');
  const [code, setCode] = useState('');
  const [tries, setTries] = useState(0);
  const isReady = code.length >= step.digits;

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady || submitCode.isPending) return;
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
  const offsetMs = clockOffsetMs(submitCode.error);
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
          length={step.digits}
          hint={hint ?? 'It lives 30 seconds. If you are too slow, use the next one.'}
          error={
            sentence === undefined || hint === undefined || step.attemptsLeft === 0
              ? sentence
              : `${sentence} ${hint}`
          }
          autoFocus
        />
        {offsetMs === null ? null : (
          <Note
            tone="attention"
            actions={
              <Button size="small" onPress={() => onResynchronize(offsetMs)}>
                Enter two codes
              </Button>
            }
          >
            {offsetMs === 0
              ? 'Two codes in a row let the console adjust to it.'
              : 'If you cannot set the clock: two codes in a row let the console adjust to it.'}
          </Note>
        )}
        {step.trustDays === 0 ? null : (
          <Checkbox
            label={`Trust this browser for ${counted(step.trustDays, 'day')}`}
            hint="No code is asked here then, only the password."
            isSelected={trustBrowser}
            onChange={onTrustBrowser}
          />
        )}
        <div className="console-foot">
          <Button onPress={() => cancel.mutate({})} isPending={cancel.isPending}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isDisabled={!isReady} isPending={submitCode.isPending}>
            Sign in
          </Button>
        </div>
      </form>
      <div className="help-ways">
        <Button variant="quiet" onPress={onLostDevice}>
          I can’t use my device
          <Icon name="chevronRight" size={16} />
        </Button>
      </div>
    </ConsoleCard>
  );
}
