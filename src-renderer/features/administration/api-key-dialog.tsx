// An API key that main has just made, shown this once.
import type { ReactNode } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { copyText } from '../console/copy-text.ts';
import { scopesInWords } from './api-key-words.ts';

export interface ApiKeyDialogProps {
  readonly made: Output<'administration:makeApiKey'>;
  readonly onClose: () => void;
}

export function ApiKeyDialog({ made: { key, record }, onClose }: ApiKeyDialogProps): ReactNode {
  return (
    <Dialog
      title={`API key for ${record.name}`}
      isOpen
      onClose={onClose}
      // A press outside must not lose what is shown once.
      isDismissable={false}
      actions={
        <Button variant="primary" onPress={onClose}>
          Done
        </Button>
      }
    >
      <div className="stack">
        <p className="muted">{scopesInWords(record.scopes)}.</p>
        <div className="api-key-shown">
          <code className="password-shown wrap-anywhere" data-testid="api-key">
            {key}
          </code>
          <Button icon="copy" onPress={() => void copyText(key, 'Key')}>
            Copy key
          </Button>
        </div>
        <Note tone="attention">
          It is shown this once. Put it where the program reads it, and nowhere else; a lost one is revoked
          and made anew.
        </Note>
      </div>
    </Dialog>
  );
}
