// The logo: two folds of one square.
import type { ReactNode } from 'react';
import './logo.css';

/** Decorative; the name stands beside it or is said by whoever shows it. */
export function Logo({ size = 26 }: { readonly size?: number }): ReactNode {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 26 26" aria-hidden="true">
      <clipPath id="logo-shape">
        <rect width="26" height="26" rx="7" />
      </clipPath>
      <g clipPath="url(#logo-shape)">
        <rect width="26" height="26" className="logo-far" />
        <path d="M0 0h26L0 26Z" className="logo-near" />
      </g>
    </svg>
  );
}
