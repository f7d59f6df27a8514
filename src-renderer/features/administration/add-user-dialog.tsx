// Adds a user; the one-time password is shown this once.
import { type ReactNode, type SubmitEvent, useId, useRef, useState } from 'react';
import { DisplayName, type Role, type Unit, UserName } from '../../../src-shared/contract/index.ts';
import { failureMessage, hasCode } from '../../bridge/failure.ts';
import { useAction } from '../../bridge/queries.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { suggestUserName } from '../console/suggest-user-name.ts';
import { OneTimePasswordDialog } from './one-time-password-dialog.tsx';
import { UnitSelect } from './unit-select.tsx';

export interface AddUserDialogProps {
  /** The administrator has a factor: a new administrator then needs a code of theirs, which the row's menu asks (S10). */
  readonly addsUsersOnly: boolean;
  readonly units: readonly Unit[];
  /** The unit of an administrator who is limited to it: everyone is added there. */
  readonly limitedToUnitId: string | null;
  readonly onClose: () => void;
}

export function AddUserDialog(props: AddUserDialogProps): ReactNode {
  const { addsUsersOnly, units, limitedToUnitId, onClose } = props;
  const add = useAction('administration:addUser');
  const [displayName, setDisplayName] = useState('');
  // Null until the administrator types one: then it follows the name.
  const [ownUserName, setOwnUserName] = useState<string | null>(null);
  const [role, setRole] = useState<Role>('user');
  const [unitId, setUnitId] = useState(limitedToUnitId);
  const [errors, setErrors] = useState<{ displayName?: string; userName?: string }>({});
  const form = useId();
  const displayNameInput = useRef<HTMLInputElement>(null);
  const userNameInput = useRef<HTMLInputElement>(null);
  const userName = ownUserName ?? suggestUserName(displayName);

  if (add.data !== undefined) return <OneTimePasswordDialog {...add.data} onClose={onClose} />;

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (add.isPending) return;
    const isNamed = DisplayName.safeParse(displayName).success;
    const isUserName = UserName.safeParse(userName).success;
    setErrors({
      ...(isNamed ? {} : { displayName: 'Enter the person’s name.' }),
      ...(isUserName ? {} : { userName: 'Use letters, digits and . _ - @, without spaces.' }),
    });
    if (!isNamed || !isUserName) {
      (isNamed ? userNameInput : displayNameInput).current?.focus();
      return;
    }
    add.mutate(
      { userName, displayName: displayName.trim(), role, unitId },
      {
        onError: (error) => {
          if (!hasCode(error, 'already-exists')) return;
          setErrors({ userName: failureMessage(error) });
          userNameInput.current?.focus();
        },
      },
    );
  };

  return (
    <Dialog
      title="Add user"
      size="small"
      isOpen
      onClose={onClose}
      isDismissable={!add.isPending}
      actions={<FormActions form={form} label="Add user" onCancel={onClose} isPending={add.isPending} />}
    >
      <form id={form} className="stack" onSubmit={submit} noValidate>
        <TextField
          label="Name"
          value={displayName}
          onChange={(value) => {
            setDisplayName(value);
            setErrors({});
          }}
          error={errors.displayName}
          autoFocus
          autoComplete="off"
          maxLength={100}
          inputRef={displayNameInput}
        />
        <TextField
          label="User name"
          value={userName}
          onChange={(value) => {
            setOwnUserName(value);
            setErrors({});
          }}
          error={errors.userName}
          hint="For signing in."
          autoComplete="off"
          maxLength={64}
          inputRef={userNameInput}
        />
        {limitedToUnitId === null && units.length > 0 ? (
          <UnitSelect label="Unit" noneLabel="No unit" units={units} value={unitId} onChange={setUnitId} />
        ) : null}
        {limitedToUnitId !== null ? (
          <p className="muted small">
            Is added to {units.find(({ id }) => id === limitedToUnitId)?.name ?? 'your unit'}.
          </p>
        ) : addsUsersOnly ? (
          <p className="muted small">
            Everyone begins as a user. To make somebody an administrator, use the menu of the row: it asks for
            a code of your own.
          </p>
        ) : (
          <RadioGroup
            label="Role"
            value={role}
            onChange={setRole}
            options={[
              { value: 'user', label: 'User', hint: 'Signs in and looks after the own account.' },
              {
                value: 'administrator',
                label: 'Administrator',
                hint: 'Looks after users and two-factor authentication too.',
              },
            ]}
          />
        )}
        {add.error === null || hasCode(add.error, 'already-exists') ? null : <ErrorNote error={add.error} />}
        <p className="muted small">
          You get a one-time password to hand over. You never learn the one that is chosen.
        </p>
      </form>
    </Dialog>
  );
}
