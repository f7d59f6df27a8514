// A moment to the minute, in local time, by the browser's own field.
import type { ReactNode } from 'react';
import { momentOnWall, wallTime } from '../../bridge/window-zone.ts';
import { TextField } from '../../ui/text-field.tsx';

/** As the browser's field writes it: '2026-11-24T09:00'. Empty for null. */
export function dateTimeText(atMs: number | null): string {
  if (atMs === null) return '';
  const { year, month, day, hour, minute } = wallTime(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** As fields write it; a program's own reading of dates would take much more for one. */
const DATE_TIME = /^(\d{4,6})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/;

/** Null while it is empty or half typed. */
export function momentOf(text: string): number | null {
  // As a program reads it, it is a date that there is, and within the years that programs know.
  if (!DATE_TIME.test(text) || Number.isNaN(new Date(text).getTime())) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = (DATE_TIME.exec(text) ?? [])
    .slice(1)
    .map(Number);
  return momentOnWall({ year, month, day, hour, minute });
}

export interface DateTimeFieldProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}

export function DateTimeField({
  label,
  text,
  onChange,
  hint,
  error,
  autoFocus = false,
}: DateTimeFieldProps): ReactNode {
  return (
    <TextField
      type="datetime-local"
      label={label}
      value={text}
      onChange={onChange}
      error={error}
      autoFocus={autoFocus}
      {...(hint === undefined ? {} : { hint })}
    />
  );
}
