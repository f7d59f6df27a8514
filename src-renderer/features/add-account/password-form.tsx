// The password of an encrypted file. A wrong one keeps the file chosen.
import { type SubmitEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasswordField } from '../../ui/text-field.tsx';
import type { LockedFile } from './reading-queue.ts';

export interface PasswordFormProps {
  readonly locked: LockedFile;
  readonly onPassword: (password: string) => void;
  readonly onLeaveOut: () => void;
  readonly onClose: () => void;
}

export function PasswordForm({ locked, onPassword, onLeaveOut, onClose }: PasswordFormProps): ReactNode {
  const form = useId();
  const [password, setPassword] = useState('');
  const [isEdited, setEdited] = useState(false);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (password !== '') onPassword(password);
  };
  return (
    <Dialog
      title="Password of the file"
      isOpen
      onClose={onClose}
      size="small"
      actions={
        <>
          <Button onPress={onLeaveOut}>Leave this file out</Button>
          <Button variant="primary" type="submit" form={form} isDisabled={password === ''}>
            Open file
          </Button>
        </>
      }
    >
      <form id={form} className="stack" onSubmit={submit}>
        <p className="wrap-anywhere">
          “{locked.name}” is an encrypted file of {locked.format}. Enter the password that was given when it
          was exported.
        </p>
        <PasswordField
          label="Password"
          value={password}
          onChange={(next) => {
            setPassword(next);
            setEdited(true);
          }}
          error={isEdited ? undefined : locked.error?.message}
          autoComplete="off"
          maxLength={1024}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
