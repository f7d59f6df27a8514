// Another passphrase for the same keys: the present one is asked for, whoever sits here.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { PasswordField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast.tsx';
import { isUsable, NewPassphraseFields } from './new-passphrase-fields.tsx';
import { useWait } from './use-wait.ts';

export function ChangePassphrase({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [present, setPresent] = useState('');
  const [next, setNext] = useState({ first: '', second: '' });
  const change = useAction('app:changePassphrase');
  const wait = useWait();
  const refusedField = hasCode(change.error, 'passphrase-refused') ? change.error.details['field'] : null;
  const errorIn = (field: 'present' | 'next'): string | undefined =>
    refusedField === field ? change.error?.message : undefined;
  const isReady = present !== '' && isUsable(next) && wait.seconds === 0;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    change.mutate(
      { present, next: next.first },
      {
        onSuccess: () => {
          showToast({ message: 'The passphrase is changed.', tone: 'right' });
          onClose();
        },
        onError: wait.beginAfter,
      },
    );
  };
  return (
    <Dialog
      title="Change passphrase"
      isOpen
      onClose={onClose}
      isDismissable={!change.isPending}
      actions={
        <FormActions
          form="change-passphrase"
          label={wait.seconds > 0 ? `Wait ${wait.seconds} s` : 'Change passphrase'}
          onCancel={onClose}
          isPending={change.isPending}
          isReady={isReady}
        />
      }
    >
      <form id="change-passphrase" className="stack" onSubmit={submit}>
        <PasswordField
          label="Present passphrase"
          value={present}
          onChange={(typed) => {
            setPresent(typed);
            if (change.isError) change.reset();
          }}
          autoComplete="current-password"
          maxLength={1024}
          autoFocus
          error={errorIn('present')}
        />
        <NewPassphraseFields
          label="New passphrase"
          value={next}
          onChange={(typed) => {
            setNext(typed);
            if (change.isError) change.reset();
          }}
          error={errorIn('next')}
        />
        <p className="muted">Your data itself is not changed. Backups keep the password that they have.</p>
        {change.error === null || refusedField !== null ? null : <ErrorNote error={change.error} />}
      </form>
    </Dialog>
  );
}
