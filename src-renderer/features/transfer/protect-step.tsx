// How the export is protected: a password of its own, or, where the format knows none, proof and a warning.
import { type SubmitEvent, type ReactNode } from 'react';
import { Checkbox } from '../../ui/choice.tsx';
import { Note } from '../../ui/note.tsx';
import { PasswordField } from '../../ui/text-field.tsx';
import { type NewPassphrase, NewPassphraseFields } from '../keys/new-passphrase-fields.tsx';
import { type ExportKind, type ExportTarget, isEncrypted } from './export-plan.ts';

export interface ProtectStepProps {
  readonly formId: string;
  readonly kind: ExportKind;
  readonly target: ExportTarget;
  readonly password: NewPassphrase;
  readonly onPassword: (password: NewPassphrase) => void;
  /** There is a passphrase that proves who sits here; otherwise a tick must do. */
  readonly asksPassphrase: boolean;
  readonly passphrase: string;
  readonly onPassphrase: (passphrase: string) => void;
  /** Why main refused the password or the passphrase. */
  readonly fault: string | undefined;
  readonly isConfirmed: boolean;
  readonly onConfirm: (isConfirmed: boolean) => void;
  readonly onSubmit: () => void;
}

const warnings: { readonly [K in Exclude<ExportKind, 'encrypted'>]: string } = {
  clear:
    'The file will hold the secrets in clear. Whoever reads it can make your codes from then on. Delete it once the other app has them.',
  paper:
    'The sheet will hold the secrets in clear, and so will its file until you delete it. Keep it like a passport.',
  google:
    'The QR codes hold the secrets in clear. Whoever sees or photographs them can make your codes from then on.',
};

export function ProtectStep(props: ProtectStepProps): ReactNode {
  const { formId, kind, target, asksPassphrase, onSubmit } = props;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form id={formId} className="stack" onSubmit={submit}>
      {kind === 'encrypted' || isEncrypted(target) ? (
        <>
          <NewPassphraseFields
            label="Password of the file"
            value={props.password}
            onChange={props.onPassword}
            error={props.fault}
            autoFocus
          />
          <p className="muted small">
            Without this password nobody opens the file, Twofold neither. It need not be the passphrase of
            Twofold.
          </p>
        </>
      ) : (
        <>
          <Note tone="attention">{warnings[kind]}</Note>
          {asksPassphrase ? (
            <PasswordField
              label="Your passphrase"
              hint="The one that opens Twofold. It shows that it is you who exports."
              value={props.passphrase}
              onChange={props.onPassphrase}
              error={props.fault}
              autoComplete="current-password"
              maxLength={1024}
              autoFocus
            />
          ) : (
            <Checkbox
              label={
                target === 'google-screen'
                  ? 'I know that these QR codes hold the secrets in clear, and nobody looks over my shoulder.'
                  : 'I know that the file holds the secrets in clear.'
              }
              isSelected={props.isConfirmed}
              onChange={props.onConfirm}
            />
          )}
        </>
      )}
    </form>
  );
}
