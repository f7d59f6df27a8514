// Changes a user's name, user name and unit.
import { type ReactNode, useState } from 'react';
import { DisplayName, type Unit, UserName, type UserRow } from '../../../src-shared/contract/index.ts';
import { TextField } from '../../ui/text-field.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CodedDialog } from '../console/coded-dialog.tsx';
import { UnitSelect } from './unit-select.tsx';

export interface EditUserDialogProps {
  readonly user: UserRow;
  readonly units: readonly Unit[];
  /** False for an administrator of a unit, who cannot give users away. */
  readonly canMove: boolean;
  readonly isCodeAsked: boolean;
  readonly onClose: () => void;
}

export function EditUserDialog({
  user,
  units,
  canMove,
  isCodeAsked,
  onClose,
}: EditUserDialogProps): ReactNode {
  const [displayName, setDisplayName] = useState(user.displayName);
  const [userName, setUserName] = useState(user.userName);
  const [unitId, setUnitId] = useState(user.unitId);
  const isNamed = DisplayName.safeParse(displayName).success;
  const isUserName = UserName.safeParse(userName).success;
  const isChanged =
    displayName.trim() !== user.displayName || userName !== user.userName || unitId !== user.unitId;
  return (
    <CodedDialog
      title={`Edit ${user.displayName}`}
      method="administration:editUser"
      inputOf={(code) => ({ userId: user.id, userName, displayName: displayName.trim(), unitId, code })}
      confirmLabel="Save"
      isCodeAlwaysAsked={isCodeAsked}
      isConfirmDisabled={!isNamed || !isUserName || !isChanged}
      onDone={(row) => {
        showToast({ message: `${row.displayName} was changed.`, tone: 'right' });
        onClose();
      }}
      onClose={onClose}
    >
      <TextField
        label="Name"
        value={displayName}
        onChange={setDisplayName}
        error={isNamed ? undefined : 'Enter the person’s name.'}
        autoComplete="off"
        maxLength={100}
      />
      <TextField
        label="User name"
        value={userName}
        onChange={setUserName}
        error={isUserName ? undefined : 'Use letters, digits and . _ - @, without spaces.'}
        hint={
          userName === user.userName
            ? 'For signing in.'
            : `${user.userName} does not sign in any more. Authenticators that are set up keep showing it.`
        }
        autoComplete="off"
        maxLength={64}
      />
      {canMove && (units.length > 0 || unitId !== null) ? (
        <UnitSelect label="Unit" noneLabel="No unit" units={units} value={unitId} onChange={setUnitId} />
      ) : null}
    </CodedDialog>
  );
}
