// Makes a user an administrator, of the whole organization or of one unit.
import { type ReactNode, useState } from 'react';
import type { Unit, UserRow } from '../../../src-shared/contract/index.ts';
import { showToast } from '../../ui/toast.tsx';
import { CodedDialog } from '../console/coded-dialog.tsx';
import { UnitSelect } from './unit-select.tsx';

export interface MakeAdministratorDialogProps {
  readonly user: UserRow;
  readonly units: readonly Unit[];
  readonly isCodeAsked: boolean;
  readonly onClose: () => void;
}

export function MakeAdministratorDialog(props: MakeAdministratorDialogProps): ReactNode {
  const { user, units, isCodeAsked, onClose } = props;
  const isAlready = user.role === 'administrator';
  const [unitId, setUnitId] = useState(user.administersUnitId);
  const name = user.displayName;
  return (
    <CodedDialog
      title={isAlready ? `What ${name} administers` : `Make ${name} an administrator?`}
      method="administration:setRole"
      inputOf={(code) => ({ userId: user.id, code, role: 'administrator', administersUnitId: unitId })}
      confirmLabel={isAlready ? 'Save' : 'Make administrator'}
      isCodeAlwaysAsked={isCodeAsked}
      isConfirmDisabled={isAlready && unitId === user.administersUnitId}
      onDone={() => {
        showToast({ message: `${name} is an administrator now.`, tone: 'right' });
        onClose();
      }}
      onClose={onClose}
    >
      {units.length === 0 ? null : (
        <UnitSelect
          label="Administers"
          noneLabel="The whole organization"
          units={units}
          value={unitId}
          onChange={setUnitId}
        />
      )}
      <p className={units.length === 0 ? undefined : 'muted'}>
        {unitId === null
          ? 'Administrators add and reset users, turn two-factor authentication on and off, and read the audit.'
          : 'Adds and resets users of this unit, and sees no others. Two-factor authentication, policy and audit stay with the administrators of the organization.'}
      </p>
    </CodedDialog>
  );
}
