// A session has ended while something was typed: the page waits behind, unseen, until the same person is back.
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

export interface SignInAgainProps {
  readonly onGiveUp: () => void;
  /** The sign-in. */
  readonly children: ReactNode;
}

export function SignInAgain({ onGiveUp, children }: SignInAgainProps): ReactNode {
  return (
    <Dialog
      title="Your session has ended"
      isOpen
      onClose={onGiveUp}
      size="large"
      isDismissable={false}
      actions={<Button onPress={onGiveUp}>Leave, and lose what was typed</Button>}
    >
      <div className="sign-in-again stack">
        <p className="muted">
          What you typed is kept. Sign in again, and you find it as you left it. Nobody sees it meanwhile.
        </p>
        {children}
      </div>
    </Dialog>
  );
}
