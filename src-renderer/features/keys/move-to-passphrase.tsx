// From the keychain to a passphrase: the explicit way, from the settings and from where a passphrase is missing.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { Note } from '../../ui/note.tsx';
import { showToast } from '../../ui/toast.tsx';
import { isUsable, NewPassphraseFields } from './new-passphrase-fields.tsx';

export function MoveToPassphrase({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [value, setValue] = useState({ first: '', second: '' });
  const move = useAction('app:moveKeys');
  const isRefused = hasCode(move.error, 'passphrase-refused');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isUsable(value)) return;
    move.mutate(
      { to: 'passphrase', passphrase: value.first },
      {
        onSuccess: () => {
          showToast({ message: 'The keys are sealed with your passphrase now.', tone: 'right' });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title="Use a passphrase"
      isOpen
      onClose={onClose}
      isDismissable={!move.isPending}
      actions={
        <FormActions
          form="move-keys"
          label="Move the keys"
          onCancel={onClose}
          isPending={move.isPending}
          isReady={isUsable(value)}
        />
      }
    >
      <form id="move-keys" className="stack" onSubmit={submit}>
        <p className="muted">
          The keys leave the keychain and are sealed with the passphrase. Your data itself is not changed.
          From the next start on, Twofold asks for the passphrase.
        </p>
        <NewPassphraseFields
          value={value}
          onChange={setValue}
          autoFocus
          error={isRefused ? move.error?.message : undefined}
        />
        <Note tone="attention">
          Nobody can recover a forgotten passphrase. Keep it where you keep such things.
        </Note>
        {move.error === null || isRefused ? null : <ErrorNote error={move.error} />}
      </form>
    </Dialog>
  );
}
