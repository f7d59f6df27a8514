// The lock at the foot of the rail, also by Ctrl or Cmd with L. Without a passphrase it explains, and leads to one.
import { type ReactNode, useEffect, useState } from 'react';
import type { AppStatus } from '../../../src-shared/contract/index.ts';
import { failureMessage } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { showToast } from '../../ui/toast.tsx';
import { MoveToPassphrase } from '../keys/move-to-passphrase.tsx';
import './lock.css';

const isLockKey = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === 'l' &&
  (event.ctrlKey || event.metaKey) &&
  !event.altKey &&
  !event.shiftKey &&
  !event.repeat;

export function LockButton({ status }: { readonly status: AppStatus }): ReactNode {
  const [shown, setShown] = useState<'nothing' | 'why-not' | 'passphrase'>('nothing');
  const { mutate: lock } = useAction('app:lock');
  const hasPassphrase = status.keys.kind === 'ready' && status.keys.protection === 'passphrase';
  const press = (): void => {
    if (!hasPassphrase) setShown('why-not');
    else lock({}, { onError: (error) => showToast({ message: failureMessage(error), tone: 'wrong' }) });
  };

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (!isLockKey(event)) return;
      // In a browser these keys go to the address otherwise.
      event.preventDefault();
      press();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  });

  const keys = status.platform === 'darwin' ? '⌘L' : 'Ctrl+L';
  const close = (): void => setShown('nothing');
  return (
    <>
      <button type="button" className="lock-button" title={`Lock (${keys})`} onClick={press}>
        <Icon name="lock" size={16} />
        <span className="rail-word">Lock</span>
      </button>
      {shown === 'why-not' ? <WhyNotLocked onClose={close} onChoose={() => setShown('passphrase')} /> : null}
      {shown === 'passphrase' ? <MoveToPassphrase onClose={close} /> : null}
    </>
  );
}

function WhyNotLocked({
  onClose,
  onChoose,
}: {
  readonly onClose: () => void;
  readonly onChoose: () => void;
}): ReactNode {
  return (
    <Dialog
      title="Locking needs a passphrase"
      isOpen
      onClose={onClose}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>Not now</Button>
          <Button variant="primary" onPress={onChoose}>
            Choose a passphrase
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          The keys are kept in this system’s keychain, which opens them for whoever is signed in to the
          system. Locked, Twofold would open again without a question.
        </p>
        <p className="muted">
          With a passphrase it asks for it at each start and after each lock, and locks by itself when nobody
          is here.
        </p>
      </div>
    </Dialog>
  );
}
