// Where the keys that seal the data are kept, and the explicit way from one place to the other.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { PasswordField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ChangePassphrase } from '../keys/change-passphrase.tsx';
import { MoveToPassphrase } from '../keys/move-to-passphrase.tsx';

type Protection = 'keychain' | 'passphrase';

const words: { readonly [P in Protection]: string } = {
  keychain:
    'The keys are kept in this system’s keychain. Twofold opens without a question once you are signed in to the system.',
  passphrase: 'The keys are sealed with your passphrase. Twofold asks for it at each start.',
};

export function KeyProtection({ protection }: { readonly protection: Protection }): ReactNode {
  const [shown, setShown] = useState<'nothing' | 'move' | 'change'>('nothing');
  const close = (): void => setShown('nothing');
  return (
    <Card
      title="Key protection"
      description={words[protection]}
      actions={
        protection === 'keychain' ? (
          <Button onPress={() => setShown('move')}>Use a passphrase</Button>
        ) : (
          <>
            <Button onPress={() => setShown('change')}>Change passphrase</Button>
            <Button onPress={() => setShown('move')}>Use the keychain</Button>
          </>
        )
      }
    >
      {shown === 'move' && protection === 'keychain' ? <MoveToPassphrase onClose={close} /> : null}
      {shown === 'move' && protection === 'passphrase' ? <MoveToKeychain onClose={close} /> : null}
      {shown === 'change' && protection === 'passphrase' ? <ChangePassphrase onClose={close} /> : null}
    </Card>
  );
}

function MoveToKeychain({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [passphrase, setPassphrase] = useState('');
  const move = useAction('app:moveKeys');
  const isRefused = hasCode(move.error, 'passphrase-refused');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (passphrase === '') return;
    move.mutate(
      { to: 'keychain', passphrase },
      {
        onSuccess: () => {
          showToast({ message: 'The keys are in the keychain now.', tone: 'right' });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title="Use the keychain"
      isOpen
      onClose={onClose}
      size="small"
      isDismissable={!move.isPending}
      actions={
        <FormActions
          form="move-keys"
          label="Move the keys"
          onCancel={onClose}
          isPending={move.isPending}
          isReady={passphrase !== ''}
        />
      }
    >
      <form id="move-keys" className="stack" onSubmit={submit}>
        <p className="muted">
          The keys go into this system’s keychain, and the passphrase is not asked for any more. Your data
          itself is not changed.
        </p>
        <PasswordField
          label="Your passphrase"
          value={passphrase}
          onChange={(next) => {
            setPassphrase(next);
            if (move.isError) move.reset();
          }}
          autoComplete="current-password"
          maxLength={1024}
          autoFocus
          error={isRefused ? move.error?.message : undefined}
        />
        {move.error === null || isRefused ? null : <ErrorNote error={move.error} />}
      </form>
    </Dialog>
  );
}
