// Keep your secret (G5): what a new device is set up from, to print, save or copy before it is gone.
import { type ReactNode, useState } from 'react';
import { useAction } from '../../bridge/queries.tsx';
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
import { resetSteps, setUpSteps } from './set-up.tsx';
import { today } from './time-words.ts';

export function KeepSecret({ step }: { readonly step: StepOf<'keep-secret'> }): ReactNode {
  const { sheet } = step;
  const pdf = useAction('console:secretFile');
  const image = useAction('console:secretFile');
  const finish = useAction('console:finishSetUp');
  const [isKept, setKept] = useState(false);

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
      <StepIndicator steps={step.after === 'reset' ? resetSteps : setUpSteps} current={2} />
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
        <p>
          Keep this sheet in a safe place. To set up a new device, scan the code with an authenticator app, or
          type the secret by hand. Nothing has to be changed in the console.
        </p>
        <QrCode text={sheet.uri} label="QR code" size={300} />
        <p className="print-secret">{sheet.groupedSecret}</p>
        <dl>
          <dt>Service</dt>
          <dd>{sheet.issuer}</dd>
          <dt>Account</dt>
          <dd>{sheet.accountName}</dd>
          <dt>Printed</dt>
          <dd>{today()}</dd>
        </dl>
        <p>Whoever has this sheet can make your codes. Your password is asked all the same.</p>
      </PrintSheet>
    </ConsoleCard>
  );
}
