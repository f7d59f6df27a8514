// The units of the organization: add, rename, and remove those that are empty.
import { type ReactNode, type SubmitEvent, useState } from 'react';
import type { Unit } from '../../../src-shared/contract/index.ts';
import { useAction } from '../../bridge/queries.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ClosingDialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { counted } from '../console/time-words.ts';

const MAX_NAME = 80;

export interface UnitsDialogProps {
  readonly units: readonly Unit[];
  readonly onClose: () => void;
}

export function UnitsDialog({ units, onClose }: UnitsDialogProps): ReactNode {
  const add = useAction('administration:addUnit');
  const remove = useAction('administration:removeUnit');
  const [name, setName] = useState('');
  const [renamedId, setRenamedId] = useState<string | null>(null);
  const error = add.error ?? remove.error;

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (add.isPending || name.trim() === '') return;
    remove.reset();
    add.mutate({ name: name.trim() }, { onSuccess: () => setName('') });
  };

  return (
    <ClosingDialog title="Units" onClose={onClose}>
      <div className="stack">
        <p className="muted">
          Two-factor authentication is turned on for the whole organization. A unit says who belongs together,
          and an administrator may be limited to one.
        </p>
        <form className="unit-form" onSubmit={submit} noValidate>
          <TextField
            label="New unit"
            value={name}
            onChange={setName}
            maxLength={MAX_NAME}
            autoComplete="off"
            autoFocus
          />
          <Button type="submit" icon="plus" isPending={add.isPending} isDisabled={name.trim() === ''}>
            Add
          </Button>
        </form>
        {error === null ? null : <ErrorNote error={error} />}
        {units.length === 0 ? (
          <p className="muted small">There is no unit yet.</p>
        ) : (
          <ul className="unit-rows" aria-label="Units">
            {units.map((unit) => (
              <li key={unit.id} className="unit-row">
                {unit.id === renamedId ? (
                  <RenameUnit unit={unit} onClose={() => setRenamedId(null)} />
                ) : (
                  <>
                    <div className="unit-row-words">
                      <div className="table-title wrap-anywhere">{unit.name}</div>
                      <div className="table-subtitle">{counted(unit.users, 'user')}</div>
                    </div>
                    <IconButton
                      icon="pencil"
                      label={`Rename ${unit.name}`}
                      onPress={() => setRenamedId(unit.id)}
                    />
                    <IconButton
                      icon="trash"
                      label={`Remove ${unit.name}`}
                      isDisabled={remove.isPending}
                      onPress={() => {
                        add.reset();
                        remove.mutate({ unitId: unit.id });
                      }}
                    />
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </ClosingDialog>
  );
}

function RenameUnit({ unit, onClose }: { readonly unit: Unit; readonly onClose: () => void }): ReactNode {
  const rename = useAction('administration:renameUnit');
  const [name, setName] = useState(unit.name);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (rename.isPending || name.trim() === '') return;
    rename.mutate({ unitId: unit.id, name: name.trim() }, { onSuccess: onClose });
  };
  return (
    <form className="stack tight unit-row-words" onSubmit={submit} noValidate>
      <div className="unit-form">
        <TextField
          label={`Name of ${unit.name}`}
          hideLabel
          value={name}
          onChange={setName}
          maxLength={MAX_NAME}
          autoComplete="off"
          autoFocus
        />
        <Button onPress={onClose} isDisabled={rename.isPending}>
          Cancel
        </Button>
        <Button variant="primary" type="submit" isPending={rename.isPending} isDisabled={name.trim() === ''}>
          Rename
        </Button>
      </div>
      {rename.error === null ? null : <ErrorNote error={rename.error} />}
    </form>
  );
}
