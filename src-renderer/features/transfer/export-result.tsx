// What was written, where it lies, and what the format could not hold.
import type { ReactNode } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { countWords } from '../authenticator/account-label.ts';

export interface ExportResultProps {
  readonly outcome: Extract<Output<'transfer:export'>, { kind: 'saved' }>;
  readonly isEncrypted: boolean;
  readonly onClose: () => void;
}

export function ExportResult({ outcome, isEncrypted, onClose }: ExportResultProps): ReactNode {
  const { paths, accounts, lost } = outcome;
  return (
    <Dialog
      title={`Exported ${countWords(accounts)}`}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose} autoFocus>
          Done
        </Button>
      }
    >
      <div className="stack">
        <div className="stack tight">
          <p>{paths.length === 1 ? 'The file lies here:' : 'The files lie here:'}</p>
          <ul className="stack tight">
            {paths.map((path) => (
              <li key={path} className="export-path mono wrap-anywhere">
                {path}
              </li>
            ))}
          </ul>
        </div>
        <LostNote lost={lost} />
        <p className="muted">
          {isEncrypted
            ? 'It opens with the password that you gave it, and with nothing else.'
            : 'It holds the secrets in clear. Only your user on this computer may read it; delete it when it is no longer needed.'}
        </p>
      </div>
    </Dialog>
  );
}

/** What the format could not hold; nothing where it held all. */
export function LostNote({ lost }: { readonly lost: readonly string[] }): ReactNode {
  const [only] = lost;
  if (only === undefined) return null;
  return (
    <Note tone="attention">
      {lost.length === 1 ? (
        only
      ) : (
        <ul className="stack tight">
          {lost.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </Note>
  );
}
