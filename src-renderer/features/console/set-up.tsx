// Scan and confirm: the QR code, the secret for typing, and the first code. For a first set-up and for a reset (G3, G4, G12).
import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { SecretSheet } from '../../../src-shared/contract/index.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeInput } from '../../ui/code-input.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { StepIndicator } from '../../ui/step-indicator.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { copyText } from './copy-text.ts';
import { refusalWords } from './refusal-words.ts';
import type { StepOf } from './screen-step.ts';
import { useMinutesLeft } from './use-minutes-left.ts';

/** Of a first set-up and of a change of device. */
export const setUpSteps = ['Scan', 'Confirm', 'Keep'] as const;

/** How many digits the codes of this link have. */
const digitsOf = (uri: string): number => Number(/[?&]digits=(\d)/.exec(uri)?.[1] ?? 6);

/** The secret in groups of four, with a button that copies it without the spaces. */
export function SecretLine({ groupedSecret }: { readonly groupedSecret: string }): ReactNode {
  return (
    <div className="secret-line">
      <span className="secret-text">{groupedSecret}</span>
      <Button
        size="small"
        icon="copy"
        aria-label="Copy secret"
        onPress={() => void copyText(groupedSecret.replaceAll(' ', ''), 'Secret')}
      >
        Copy
      </Button>
    </div>
  );
}

interface ScanAndConfirmProps {
  readonly title: string;
  readonly intro: ReactNode;
  readonly sheet: SecretSheet;
  readonly expiresAtMs: number;
  readonly confirmWith: 'console:confirmSetUp' | 'console:confirmReset';
  readonly cancelWith: 'console:cancelSignIn' | 'console:cancelReset';
  readonly onRefused: (error: unknown) => void;
}

function ScanAndConfirm(props: ScanAndConfirmProps): ReactNode {
  const { title, intro, sheet, expiresAtMs, onRefused } = props;
  const confirm = useAction(props.confirmWith);
  const cancel = useAction(props.cancelWith);
  const error = confirm.error ?? cancel.error;
  const [code, setCode] = useState('');
  const [tries, setTries] = useState(0);
  const minutes = useMinutesLeft(expiresAtMs);
  const digits = digitsOf(sheet.uri);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (code.length < digits || confirm.isPending) return;
    confirm.mutate(
      { code },
      {
        onError: (refusal) => {
          setCode('');
          setTries(tries + 1);
          onRefused(refusal);
        },
      },
    );
  };

  return (
    <ConsoleCard title={title} intro={intro} width="wide">
      <StepIndicator steps={setUpSteps} current={code === '' ? 0 : 1} />
      <form className="stack loose" onSubmit={submit} noValidate>
        <div className="secret-layout">
          <QrCode text={sheet.uri} label={`QR code that sets up ${sheet.accountName} of ${sheet.issuer}`} />
          <div className="secret-words">
            <div>
              <h2>1 · Scan this code with your authenticator app</h2>
              <p className="muted">Or type the secret by hand:</p>
              <SecretLine groupedSecret={sheet.groupedSecret} />
            </div>
            <div className="stack tight">
              <h2>2 · Enter the code that the app shows</h2>
              <CodeInput
                // A new field after each refusal takes the focus and is read out with its reason.
                key={tries}
                label="Code that the app shows"
                hideLabel
                value={code}
                onChange={setCode}
                length={digits}
                error={error === null ? undefined : refusalWords(error)}
                autoFocus
              />
            </div>
          </div>
        </div>
        <div className="console-foot">
          <p>
            {`The QR code and the secret stay the same until you finish, for ${minutes === 1 ? 'one minute' : `${minutes} minutes`}.`}
          </p>
          <Button onPress={() => cancel.mutate({})} isPending={cancel.isPending}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="primary"
            isDisabled={code.length < digits}
            isPending={confirm.isPending}
          >
            Confirm
          </Button>
        </div>
      </form>
    </ConsoleCard>
  );
}

export interface SetUpProps {
  readonly step: StepOf<'set-up'>;
  readonly onRefused: (error: unknown) => void;
}

/** A first set-up, during a sign-in. */
export function SetUp({ step, onRefused }: SetUpProps): ReactNode {
  return (
    <ScanAndConfirm
      title="Set up two-factor authentication"
      intro={`${step.organization} asks everyone for a second factor. It takes a minute and an authenticator app.`}
      sheet={step.sheet}
      expiresAtMs={step.expiresAtMs}
      confirmWith="console:confirmSetUp"
      cancelWith="console:cancelSignIn"
      onRefused={onRefused}
    />
  );
}

export interface ResetProps {
  readonly pending: NonNullable<StepOf<'signed-in'>['pendingReset']>;
  readonly onRefused: (error: unknown) => void;
}

/** A change of device (G12): the old one works until the new one has shown a right code. */
export function Reset({ pending, onRefused }: ResetProps): ReactNode {
  return (
    <ScanAndConfirm
      title="Reset two-factor authentication"
      intro="Set up the new device now. The old one works until the new one has shown a right code; Cancel leaves all as it was."
      sheet={pending.sheet}
      expiresAtMs={pending.expiresAtMs}
      confirmWith="console:confirmReset"
      cancelWith="console:cancelReset"
      onRefused={onRefused}
    />
  );
}
