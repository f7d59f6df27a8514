// Which records of the audit are shown and exported: by event, outcome, person and time.
import type { ReactNode } from 'react';
import type { AuditQuery } from '../../../src-shared/contract/index.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DateTimeField, momentOf } from './date-time-field.tsx';

/** As typed and chosen; `auditQuery` makes of it what main is asked. */
export interface AuditFilterValues {
  readonly search: string;
  readonly event: string;
  readonly outcome: 'any' | 'success' | 'failure';
  readonly person: string;
  readonly from: string;
  readonly to: string;
}

export const noFilter: AuditFilterValues = {
  search: '',
  event: '',
  outcome: 'any',
  person: '',
  from: '',
  to: '',
};

export const auditQuery = ({ search, event, outcome, person, from, to }: AuditFilterValues): AuditQuery => ({
  search: search.trim(),
  events: event === '' ? [] : [event],
  outcome: outcome === 'any' ? null : outcome,
  person: person.trim(),
  fromMs: momentOf(from),
  toMs: momentOf(to),
});

/** How many of them narrow the list, the search aside. */
export const countFilters = ({ event, outcome, person, from, to }: AuditFilterValues): number =>
  [event !== '', outcome !== 'any', person.trim() !== '', from !== '', to !== ''].filter(Boolean).length;

/** 'factor-set-up' as 'Factor set up'. */
const eventWords = (event: string): string => {
  const words = event.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const outcomes = [
  { value: 'any', label: 'Any outcome' },
  { value: 'success', label: 'Success' },
  { value: 'failure', label: 'Failure' },
] as const;

export interface AuditFilterProps {
  readonly values: AuditFilterValues;
  readonly onChange: (change: Partial<AuditFilterValues>) => void;
  /** All that there are. */
  readonly events: readonly string[];
}

export function AuditFilter({ values, onChange, events }: AuditFilterProps): ReactNode {
  const { event, outcome, person, from, to } = values;
  const [fromMs, toMs] = [momentOf(from), momentOf(to)];
  const sorted = events.toSorted((a, b) => (a < b ? -1 : 1));
  return (
    <div className="audit-filter" role="group" aria-label="Filter">
      <Select
        label="Event"
        options={[
          { value: '', label: 'Any event' },
          ...sorted.map((value) => ({ value, label: eventWords(value) })),
        ]}
        value={event}
        onChange={(chosen) => onChange({ event: chosen })}
      />
      <Select
        label="Outcome"
        options={outcomes}
        value={outcome}
        onChange={(chosen) => onChange({ outcome: chosen })}
      />
      <TextField
        label="User name"
        value={person}
        onChange={(typed) => onChange({ person: typed })}
        placeholder="About or by whom"
        maxLength={64}
        autoComplete="off"
      />
      <DateTimeField label="From" text={from} onChange={(typed) => onChange({ from: typed })} />
      <DateTimeField
        label="Until"
        text={to}
        onChange={(typed) => onChange({ to: typed })}
        error={
          fromMs !== null && toMs !== null && toMs <= fromMs ? 'This is before the beginning.' : undefined
        }
      />
      <Button
        isDisabled={countFilters(values) === 0}
        onPress={() => onChange({ ...noFilter, search: values.search })}
      >
        Clear filter
      </Button>
    </div>
  );
}
