// The mark of an account's issuer where it is known, otherwise its letter on a colour that stays the same.
import type { ReactNode } from 'react';
import './avatar.css';
import { faintThemes } from './issuer-mark.ts';
import { useMark } from './use-mark.ts';

const COLOURS = 10;

/** FNV-1a, so that the colour depends on the words alone. */
function hash(words: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < words.length; index += 1) {
    value = Math.imul(value ^ words.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letter or digit that a person would see, in upper case. */
function initial(words: string): string {
  for (const { segment } of segmenter.segment(words)) {
    if (/[\p{L}\p{N}]/u.test(segment)) return segment.toLocaleUpperCase();
  }
  return '·';
}

export interface AvatarProps {
  readonly issuer: string;
  readonly name: string;
  readonly size?: 'normal' | 'small';
}

/** Decorative: issuer and name stand beside it. */
export function Avatar({ issuer, name, size = 'normal' }: AvatarProps): ReactNode {
  const mark = useMark(issuer);
  if (mark !== undefined) {
    return (
      <span className={`avatar mark ${size}`} aria-hidden="true">
        <svg viewBox="0 0 24 24">
          {/* An attribute, so that the style sheet can put ink in its place. */}
          <path d={mark.path} fill={`#${mark.hex}`} data-faint={faintThemes(mark).join(' ')} />
        </svg>
      </span>
    );
  }
  const words = (issuer === '' ? name : issuer).trim();
  return (
    <span className={`avatar ${size}`} data-colour={hash(words.toLowerCase()) % COLOURS} aria-hidden="true">
      {initial(words)}
    </span>
  );
}
