// A password that main has just made, shown this once.
import type { ReactNode } from 'react';
import type { UserRow } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { copyText } from '../console/copy-text.ts';
import { whenWords } from '../console/time-words.ts';

export interface OneTimePasswordDialogProps {
  readonly user: UserRow;
  readonly oneTimePassword: string;
  readonly expiresAtMs: number;
  readonly onClose: () => void;
}

export function OneTimePasswordDialog(props: OneTimePasswordDialogProps): ReactNode {
  const { user, oneTimePassword, expiresAtMs, onClose } = props;
  const isLasting = user.factor === 'service-account';
  const what = isLasting ? 'Password' : 'One-time password';
  return (
    <Dialog
      title={`${what} for ${user.displayName}`}
      size="small"
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
        <dl className="one-time-password">
          <dt>User name</dt>
          <dd>{user.userName}</dd>
          <dt>{what}</dt>
          <dd className="password-cell">
            <span className="password-shown large" data-testid="one-time-password">
              {oneTimePassword}
            </span>
            <Button
              size="small"
              icon="copy"
              aria-label="Copy one-time password"
              onPress={() => void copyText(oneTimePassword, what)}
            >
              Copy
            </Button>
          </dd>
        </dl>
        <Note tone="attention">
          {isLasting
            ? 'It is shown this once. Put it where the integration reads it.'
            : `It is shown this once. Hand it over safely; it works until ${whenWords(expiresAtMs)}, and is changed at the first sign-in.`}
        </Note>
      </div>
    </Dialog>
  );
}
