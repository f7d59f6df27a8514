// The choice of a unit, or of none.
import type { ReactNode } from 'react';
import type { Unit } from '../../../src-shared/contract/index.ts';
import { Select } from '../../ui/select.tsx';

/** No unit has this id: ids have no spaces. */
const NONE = 'no unit';

export interface UnitSelectProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  /** What stands for null: 'No unit', 'All units'. */
  readonly noneLabel: string;
  readonly units: readonly Unit[];
  readonly value: string | null;
  readonly onChange: (unitId: string | null) => void;
  readonly hint?: string;
}

export function UnitSelect({ noneLabel, units, value, onChange, ...rest }: UnitSelectProps): ReactNode {
  return (
    <Select
      {...rest}
      options={[
        { value: NONE, label: noneLabel },
        ...units.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={value ?? NONE}
      onChange={(chosen) => onChange(chosen === NONE ? null : chosen)}
    />
  );
}
