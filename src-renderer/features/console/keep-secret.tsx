// Keep your secret (G5): what a new device is set up from, to print, save or copy before it is gone.
import { type ReactNode, useState } from 'react';
import { useAction } from '../../bridge/queries.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Note } from '../../ui/note.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { StepIndicator } from '../../ui/step-indicator.tsx';
import { ConsoleCard } from './console-frame.tsx';
import { copyText } from './copy-text.ts';
import { PrintSheet } from './print-sheet.tsx';
import { saveFile } from './save-file.ts';
import type { StepOf } from './screen-step.ts';
import { ProveBackupDialog } from './prove-backup.tsx';
import { setUpSteps } from './set-up.tsx';
import { today } from './time-words.ts';

export function KeepSecret({ step }: { readonly step: StepOf<'keep-secret'> }): ReactNode {
  const { sheet } = step;
  const pdf = useAction('console:secretFile');
  const image = useAction('console:secretFile');
  const finish = useAction('console:finishSetUp');
  const [isKept, setKept] = useState(false);
  const [drill, setDrill] = useState<'not-yet' | 'open' | 'passed'>('not-yet');

  const save = (action: typeof pdf, format: 'pdf' | 'png'): void =>
    action.mutate(
      { format },
      {
        onSuccess: (file) => {
          saveFile(file);
          setKept(true);
        },
      },
    );
  const error = pdf.error ?? image.error ?? finish.error;

  return (
    <ConsoleCard
      title="Keep your secret"
      intro={
        step.after === 'reset'
          ? 'The new device is set up, and the old one shows no valid codes any more. One thing is left.'
          : 'Two-factor authentication is set up. One thing is left before you go on.'
      }
      width="wide"
    >
      <StepIndicator steps={setUpSteps} current={2} />
      <div className="secret-layout">
        <QrCode text={sheet.uri} label={`QR code of ${sheet.accountName} of ${sheet.issuer}, to keep`} />
        <div className="secret-words">
          <div className="stack tight">
            <h2>Print or save this code, and put it in a safe place</h2>
            <p className="muted">
              If your device is lost or broken, you set up a new one from it. Without it, only an
              administrator can help.
            </p>
            <p className="secret-text">{sheet.groupedSecret}</p>
          </div>
          <div className="keep-actions" role="group" aria-label="Ways to keep it">
            <Button
              icon="print"
              onPress={() => {
                setKept(true);
                window.print();
              }}
            >
              Print
            </Button>
            <Button icon="file" onPress={() => save(pdf, 'pdf')} isPending={pdf.isPending}>
              Save as PDF
            </Button>
            <Button icon="picture" onPress={() => save(image, 'png')} isPending={image.isPending}>
              Save image
            </Button>
            <Button
              icon="copy"
              onPress={() =>
                void copyText(sheet.groupedSecret.replaceAll(' ', ''), 'Secret').then((isCopied) => {
                  if (isCopied) setKept(true);
                })
              }
            >
              Copy secret
            </Button>
          </div>
        </div>
      </div>
      <Note tone="attention">
        Whoever has this code can make your codes. Keep it apart from your password, and not on the device
        itself.
      </Note>
      {isKept ? (
        <div className="console-or">
          <div>
            <h2 className="small-title">Does it work?</h2>
            <p className="muted">
              {drill === 'passed'
                ? 'Yes. A second authenticator has shown a right code.'
                : 'Try what you kept with a second authenticator app. You can do it later too, on your account’s page.'}
            </p>
          </div>
          {drill === 'passed' ? (
            <Badge tone="right" withShape>
              Proved
            </Badge>
          ) : (
            <Button onPress={() => setDrill('open')}>Prove that it works</Button>
          )}
        </div>
      ) : null}
      {drill === 'open' ? (
        <ProveBackupDialog onDone={() => setDrill('passed')} onClose={() => setDrill('not-yet')} />
      ) : null}
      {error === null ? null : <ErrorNote error={error} />}
      <div className="console-foot">
        <p>{isKept ? 'Good. It is not shown again.' : 'It is shown this once.'}</p>
        <Button
          variant={isKept ? 'primary' : 'secondary'}
          onPress={() => finish.mutate({})}
          isPending={finish.isPending}
        >
          {isKept ? 'Continue' : 'Continue without keeping it'}
        </Button>
      </div>
      <PrintSheet>
        <h1>{`Two-factor authentication for ${sheet.issuer}`}</h1>
        <p>Keep this sheet in a safe place. It holds the secret of your two-factor authentication.</p>
        <QrCode text={sheet.uri} label="QR code" size={300} />
        <p className="print-secret">{sheet.groupedSecret}</p>
        <dl>
          <dt>Organization</dt>
          <dd>{sheet.issuer}</dd>
          <dt>Account</dt>
          <dd>{`${step.person.displayName} (${sheet.accountName})`}</dd>
          <dt>Printed</dt>
          <dd>{today()}</dd>
        </dl>
        <h2>When your device is lost</h2>
        <ol>
          <li>Scan this code with an authenticator app on the new device, or type the secret.</li>
          <li>Sign in with your password and the code that the app shows.</li>
          <li>
            If somebody else may have the lost device or this sheet, reset two-factor authentication after
            signing in. This sheet is worthless from then on.
          </li>
        </ol>
        <p>
          Without this sheet and without a trusted browser, ask an administrator of your organization to reset
          it.
        </p>
        <p>Whoever has this sheet can make your codes. Your password is asked all the same.</p>
      </PrintSheet>
    </ConsoleCard>
  );
}
