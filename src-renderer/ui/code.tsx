// A one-time code in groups of three (or four), with tabular figures.
import type { ReactNode } from 'react';
import './code.css';

/** '207564' → ['207', '564']; eight digits in fours; anything that is not all digits stays whole. */
export function groupCode(code: string): string[] {
  if (!/^\d+$/.test(code)) return [code];
  const size = code.length % 4 === 0 ? 4 : 3;
  return code.match(new RegExp(`\\d{1,${size}}`, 'g')) ?? [code];
}

export interface CodeProps {
  readonly code: string;
  readonly size?: 'small' | 'large';
}

export function Code({ code, size = 'large' }: CodeProps): ReactNode {
  return <span className={`code ${size}`}>{groupCode(code).join(' ')}</span>;
}

/** Dots in the place of a code that is not shown, neither to the eye nor to a screen reader. */
export function HiddenCode({ code, size = 'large' }: CodeProps): ReactNode {
  return (
    <span className={`code ${size} hidden`} role="img" aria-label="Code hidden">
      {groupCode(code)
        .map((group) => '•'.repeat(group.length))
        .join(' ')}
    </span>
  );
}
