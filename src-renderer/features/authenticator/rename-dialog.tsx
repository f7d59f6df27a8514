// Renames an account: issuer and name, as they are shown. The secret stays as it is.
import { type SubmitEvent, type ReactNode, useState } from 'react';
import type { Account } from '../../../src-shared/contract/index.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/text-field.tsx';

export function RenameDialog({
  account,
  onClose,
}: {
  readonly account: Account;
  readonly onClose: () => void;
}): ReactNode {
  const [issuer, setIssuer] = useState(account.issuer);
  const [name, setName] = useState(account.name);
  const rename = useAction('authenticator:rename');
  const isEmpty = issuer.trim() === '' && name.trim() === '';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isEmpty) return;
    rename.mutate({ id: account.id, issuer, name }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title="Rename account"
      isOpen
      onClose={onClose}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form="rename-account"
            isPending={rename.isPending}
            isDisabled={isEmpty}
          >
            Save
          </Button>
        </>
      }
    >
      <form id="rename-account" className="stack" onSubmit={submit}>
        <TextField
          label="Issuer"
          hint="Who asks for the codes"
          value={issuer}
          onChange={setIssuer}
          maxLength={200}
          autoFocus
        />
        <TextField
          label="Account"
          hint="Your user name there"
          value={name}
          onChange={setName}
          maxLength={200}
          error={isEmpty ? 'Give the account an issuer or a name, so that you find it again.' : undefined}
        />
        {rename.error === null ? null : <ErrorNote error={rename.error} />}
      </form>
    </Dialog>
  );
}
