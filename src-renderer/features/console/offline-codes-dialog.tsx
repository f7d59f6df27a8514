// Codes that main has just made, shown this once: to print, save or copy.
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { copyText } from './copy-text.ts';
import { PrintSheet } from './print-sheet.tsx';
import { saveFile } from './save-file.ts';
import { today } from './time-words.ts';

export interface OfflineCodesDialogProps {
  readonly title: string;
  /** Whose they are, for the paper. */
  readonly owner: string;
  readonly codes: readonly string[];
  /** What they do and how to keep them, on screen and on paper. */
  readonly words: string;
  readonly fileName: string;
  readonly onClose: () => void;
}

export function OfflineCodesDialog(props: OfflineCodesDialogProps): ReactNode {
  const { title, owner, codes, words, fileName, onClose } = props;
  const [isKept, setKept] = useState(false);
  const asText = [`${title}: ${owner}`, today(), '', ...codes, '', words, ''].join('\n');
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      // A press outside must not lose what is shown once.
      isDismissable={false}
      actions={
        <Button variant={isKept ? 'primary' : 'secondary'} onPress={onClose}>
          {isKept ? 'Done' : 'Close without keeping them'}
        </Button>
      }
    >
      <div className="stack">
        <p>{words}</p>
        <ol className="offline-codes" aria-label="Codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <div className="keep-actions three" role="group" aria-label="Ways to keep them">
          <Button
            icon="print"
            onPress={() => {
              setKept(true);
              window.print();
            }}
          >
            Print
          </Button>
          <Button
            icon="file"
            onPress={() => {
              saveFile({ fileName, mediaType: 'text/plain', content: new TextEncoder().encode(asText) });
              setKept(true);
            }}
          >
            Save
          </Button>
          <Button
            icon="copy"
            onPress={() =>
              void copyText(codes.join('\n'), 'Codes').then((isCopied) => {
                if (isCopied) setKept(true);
              })
            }
          >
            Copy
          </Button>
        </div>
        <Note tone="attention">They are shown this once. Keep them apart from your password.</Note>
      </div>
      <PrintSheet>
        <h1>{title}</h1>
        <p>{words}</p>
        <ol className="print-codes">
          {codes.map((code) => (
            <li key={code} className="print-secret">
              {code}
            </li>
          ))}
        </ol>
        <dl>
          <dt>For</dt>
          <dd>{owner}</dd>
          <dt>Printed</dt>
          <dd>{today()}</dd>
        </dl>
      </PrintSheet>
    </Dialog>
  );
}
