// A moment to the minute, in local time, by the browser's own field.
import type { ReactNode } from 'react';
import { TextField } from '../../ui/text-field.tsx';

/** As the browser's field writes it: '2026-11-24T09:00'. Empty for null. */
export function dateTimeText(atMs: number | null): string {
  if (atMs === null) return '';
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** As fields write it; a program's own reading of dates would take much more for one. */
const DATE_TIME = /^\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/** Null while it is empty or half typed. */
export function momentOf(text: string): number | null {
  if (!DATE_TIME.test(text)) return null;
  const atMs = new Date(text).getTime();
  return Number.isNaN(atMs) ? null : atMs;
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
