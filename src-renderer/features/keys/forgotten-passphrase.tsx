// What a forgotten passphrase means, plainly: there is no way back but a backup.
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import './keys.css';

export interface ForgottenPassphraseProps {
  readonly dataFolder: string;
  readonly onClose: () => void;
}

export function ForgottenPassphrase({ dataFolder, onClose }: ForgottenPassphraseProps): ReactNode {
  return (
    <Dialog
      title="If the passphrase is forgotten"
      isOpen
      onClose={onClose}
      actions={<Button onPress={onClose}>Close</Button>}
    >
      <div className="stack">
        <p>
          Nobody can open this data without it, the makers of Twofold included. There is no way back but a
          backup, which opens with a password of its own.
        </p>
        <div className="stack tight">
          <h3>Starting over</h3>
          <ol className="key-ways">
            <li>Quit Twofold.</li>
            <li>
              Move this folder to a safe place:
              <span className="key-folder mono wrap-anywhere">{dataFolder}</span>
            </li>
            <li>Start Twofold again. It begins empty, the service console too.</li>
            <li>
              Bring your accounts back: Add account, then Import a file, and choose the newest twofold-backup
              file.
            </li>
            <li>Without a backup, set each account up anew where it belongs, with its recovery codes.</li>
          </ol>
        </div>
        <p className="muted">
          Keep the folder that you moved. Should the passphrase come back to you, quit Twofold and put the
          folder in its place again.
        </p>
      </div>
    </Dialog>
  );
}
