// Shows the secret of an account and its QR code: on purpose, after the passphrase or a second thought, and not for long.
import { type ReactNode, type SubmitEvent, useEffect, useEffectEvent, useState } from 'react';
import type { Account, Output } from '../../../src-shared/contract/index.ts';
import { useAction, useCall } from '../../bridge/queries.tsx';
import { hasCode } from '../../bridge/failure.ts';
import { atMoment, nowMs } from '../../bridge/window-clock.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { Note } from '../../ui/note.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { PasswordField } from '../../ui/text-field.tsx';
import { accountWords } from './account-label.ts';
import { copySecret } from './copy-code.ts';
import { useSecondsLeft } from './second-ticker.ts';

const SHOWN_MS = 60_000;
const FORM = 'reveal-secret';

type Revealed = Output<'authenticator:reveal'> & { readonly untilMs: number };

export interface RevealDialogProps {
  readonly account: Account;
  readonly onClose: () => void;
}

export function RevealDialog({ account, onClose }: RevealDialogProps): ReactNode {
  const status = useCall('app:status', {});
  const [revealed, setRevealed] = useState<Revealed | null>(null);
  if (revealed !== null) return <Secret account={account} revealed={revealed} onClose={onClose} />;
  const keys = status.data?.keys;
  if (keys?.kind !== 'ready') return null;
  return (
    <Question
      account={account}
      asksPassphrase={keys.protection === 'passphrase'}
      onRevealed={setRevealed}
      onClose={onClose}
    />
  );
}

interface QuestionProps extends RevealDialogProps {
  readonly asksPassphrase: boolean;
  readonly onRevealed: (revealed: Revealed) => void;
}

function Question({ account, asksPassphrase, onRevealed, onClose }: QuestionProps): ReactNode {
  const reveal = useAction('authenticator:reveal');
  const [passphrase, setPassphrase] = useState('');
  const isReady = !asksPassphrase || passphrase !== '';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady || reveal.isPending) return;
    reveal.mutate(
      { id: account.id, passphrase: asksPassphrase ? passphrase : null },
      { onSuccess: (shown) => onRevealed({ ...shown, untilMs: nowMs() + SHOWN_MS }) },
    );
  };
  const refusal = hasCode(reveal.error, 'passphrase-refused') ? reveal.error.message : undefined;
  return (
    <Dialog
      title="Show secret and QR code?"
      isOpen
      onClose={onClose}
      size="small"
      isDismissable={!reveal.isPending}
      actions={
        <FormActions
          form={FORM}
          label="Show secret"
          onCancel={onClose}
          isPending={reveal.isPending}
          isReady={isReady}
        />
      }
    >
      <form id={FORM} className="stack" onSubmit={submit}>
        <p className="wrap-anywhere">
          Whoever sees the secret of <strong>{accountWords(account)}</strong> can make its codes from now on,
          on any device.
        </p>
        <ul className="reveal-checks">
          <li>Nobody looks over your shoulder, and no camera does.</li>
          <li>This screen is not being shared, recorded or shown on a projector.</li>
          <li>You need it now: to set up a device of your own, or to keep it on paper.</li>
        </ul>
        {asksPassphrase ? (
          <PasswordField
            label="Passphrase"
            hint="The one that protects Twofold’s data"
            value={passphrase}
            onChange={setPassphrase}
            autoComplete="current-password"
            maxLength={1024}
            autoFocus
            error={refusal}
          />
        ) : null}
        {reveal.error === null || (refusal !== undefined && asksPassphrase) ? null : (
          <ErrorNote error={reveal.error} />
        )}
      </form>
    </Dialog>
  );
}

interface SecretProps extends RevealDialogProps {
  readonly revealed: Revealed;
}

function Secret({ account, revealed, onClose }: SecretProps): ReactNode {
  // Rounded to whole seconds it may be one more at first.
  const seconds = Math.min(SHOWN_MS / 1_000, useSecondsLeft(revealed.untilMs));
  const close = useEffectEvent(onClose);
  useEffect(() => atMoment(revealed.untilMs, () => close()), [revealed.untilMs]);
  const compact = revealed.secret.replaceAll(' ', '');
  return (
    <Dialog
      title={accountWords(account)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button icon="copy" onPress={() => void copySecret(compact, account)}>
            Copy secret
          </Button>
          <Button variant="primary" onPress={onClose}>
            Hide
          </Button>
        </>
      }
    >
      <div className="reveal">
        <QrCode text={revealed.link} label={`QR code of ${accountWords(account)}`} size={216} />
        <div className="stack">
          <p className="muted">
            Scan the QR code with another authenticator, or type the secret there. Both then show the same
            codes.
          </p>
          <div>
            <div className="field-label">Secret</div>
            <p className="reveal-secret mono">{revealed.secret}</p>
          </div>
          {account.type === 'hotp' ? (
            <Note tone="attention">
              This account counts its codes. Two devices that count on their own soon disagree: use one of
              them.
            </Note>
          ) : null}
          <p className="muted small" role="timer">
            Hides itself in {seconds} s.
          </p>
        </div>
      </div>
    </Dialog>
  );
}
