// The icons: our own line drawings on a 20 by 20 grid, stroke 1.6, in the colour of the text around them.
import type { ReactNode } from 'react';

const drawings = {
  key: (
    <>
      <circle cx="12.6" cy="7.4" r="3.6" />
      <path d="m10 10-6.2 6.2M6.2 13.8l1.9 1.9" />
    </>
  ),
  console: (
    <>
      <rect x="3" y="3.6" width="14" height="12.8" rx="2.4" />
      <path d="M3 7.6h14M6 11l1.6 1.4L6 13.8" />
    </>
  ),
  rehearsal: (
    <>
      <rect x="3" y="3.6" width="14" height="10.6" rx="2.4" />
      <path d="M8.6 6.7v4.4l3.6-2.2-3.6-2.2ZM6.8 16.6h6.4" />
    </>
  ),
  clock: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 6v4.2l2.6 1.6" />
    </>
  ),
  settings: (
    <>
      <circle cx="10" cy="10" r="2.4" />
      <path d="M10 2.8v2.6M10 14.6v2.6M2.8 10h2.6M14.6 10h2.6M4.9 4.9l1.9 1.9M13.2 13.2l1.9 1.9M15.1 4.9l-1.9 1.9M6.8 13.2l-1.9 1.9" />
    </>
  ),
  search: (
    <>
      <circle cx="9" cy="9" r="5.2" />
      <path d="m13 13 3.6 3.6" />
    </>
  ),
  plus: <path d="M10 4v12M4 10h12" />,
  check: <path d="m4.4 10.6 3.6 3.6 7.6-8" />,
  cross: <path d="m5 5 10 10M15 5 5 15" />,
  more: (
    <g fill="currentColor" stroke="none">
      <circle cx="4.4" cy="10" r="1.5" />
      <circle cx="10" cy="10" r="1.5" />
      <circle cx="15.6" cy="10" r="1.5" />
    </g>
  ),
  copy: (
    <>
      <rect x="7" y="7" width="9.6" height="9.6" rx="2" />
      <path d="M13 7V5.4a2 2 0 0 0-2-2H5.4a2 2 0 0 0-2 2V11a2 2 0 0 0 2 2H7" />
    </>
  ),
  trash: (
    <path d="M3.6 5.6h12.8M8 5.4V3.6h4v1.8M5.2 5.8l.7 9.2a1.8 1.8 0 0 0 1.8 1.6h4.6a1.8 1.8 0 0 0 1.8-1.6l.7-9.2M8.4 9v4.4M11.6 9v4.4" />
  ),
  pencil: (
    <path d="m11.6 5.2 3.2 3.2M4 16l.8-3.6 8.2-8.2a1.4 1.4 0 0 1 2 0l.8.8a1.4 1.4 0 0 1 0 2L7.6 15.2 4 16Z" />
  ),
  picture: (
    <>
      <rect x="3" y="4" width="14" height="12" rx="2.2" />
      <circle cx="7.2" cy="8" r="1.4" />
      <path d="m4 14.4 4-3.6 2.6 2.2 2.6-2.4 3.4 3.2" />
    </>
  ),
  link: (
    <path d="M8.4 11.6a3 3 0 0 0 4.3 0l2.6-2.6a3 3 0 0 0-4.3-4.3l-1 1M11.6 8.4a3 3 0 0 0-4.3 0L4.7 11A3 3 0 0 0 9 15.3l1-1" />
  ),
  keyboard: (
    <>
      <rect x="2.4" y="5" width="15.2" height="10" rx="2" />
      <path d="M5.6 8.2h.1M8.6 8.2h.1M11.6 8.2h.1M14.4 8.2h.1M5.6 11.8h.1M14.4 11.8h.1M8 11.8h4" />
    </>
  ),
  warning: <path d="M10 3.4 17.4 16H2.6L10 3.4ZM10 8.2v3.6M10 13.9v.1" />,
  info: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 9.2v4.2M10 6.5v.1" />
    </>
  ),
  wrong: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="m7.6 7.6 4.8 4.8M12.4 7.6l-4.8 4.8" />
    </>
  ),
  eye: (
    <>
      <path d="M2.4 10S5 4.8 10 4.8 17.6 10 17.6 10 15 15.2 10 15.2 2.4 10 2.4 10Z" />
      <circle cx="10" cy="10" r="2.3" />
    </>
  ),
  eyeOff: (
    <path d="M3.4 3.4l13.2 13.2M8.2 5c.6-.1 1.2-.2 1.8-.2 5 0 7.6 5.2 7.6 5.2a13 13 0 0 1-2.2 2.8M5.2 6.4A12.7 12.7 0 0 0 2.4 10S5 15.2 10 15.2c1.3 0 2.5-.3 3.5-.8M8.4 8.4a2.3 2.3 0 0 0 3.2 3.2" />
  ),
  lock: (
    <>
      <rect x="4.2" y="9" width="11.6" height="7.6" rx="2" />
      <path d="M6.8 9V6.8a3.2 3.2 0 0 1 6.4 0V9" />
    </>
  ),
  refresh: <path d="M16.2 10a6.2 6.2 0 1 1-1.9-4.5M16.4 3.4v3.2h-3.2" />,
  chevronDown: <path d="m5.6 8 4.4 4.4L14.4 8" />,
  chevronRight: <path d="m8 5.6 4.4 4.4L8 14.4" />,
  chevronLeft: <path d="M12 5.6 7.6 10l4.4 4.4" />,
  external: (
    <path d="M8 4.4H5.4a2 2 0 0 0-2 2v8.2a2 2 0 0 0 2 2h8.2a2 2 0 0 0 2-2V12M11.4 3.6h5v5M16 4l-6.6 6.6" />
  ),
  person: (
    <>
      <circle cx="10" cy="6.8" r="3.2" />
      <path d="M3.8 16.6a6.2 6.2 0 0 1 12.4 0" />
    </>
  ),
  people: (
    <>
      <circle cx="7.6" cy="7" r="2.8" />
      <path d="M2.4 16a5.2 5.2 0 0 1 10.4 0M12.4 4.4a2.8 2.8 0 0 1 0 5.2M14.2 11.4a5.2 5.2 0 0 1 3.4 4.6" />
    </>
  ),
  shield: <path d="M10 2.8 16 5v4.6c0 3.6-2.5 6.3-6 7.6-3.5-1.3-6-4-6-7.6V5l6-2.2Z" />,
  shieldCheck: (
    <path d="M10 2.8 16 5v4.6c0 3.6-2.5 6.3-6 7.6-3.5-1.3-6-4-6-7.6V5l6-2.2ZM7.2 9.8l2 2 3.6-3.8" />
  ),
  list: <path d="M7 5.6h9.6M7 10h9.6M7 14.4h9.6M3.6 5.6h.1M3.6 10h.1M3.6 14.4h.1" />,
  folder: (
    <path d="M2.8 6.2a1.8 1.8 0 0 1 1.8-1.8h3l1.8 2h6a1.8 1.8 0 0 1 1.8 1.8v6a1.8 1.8 0 0 1-1.8 1.8H4.6a1.8 1.8 0 0 1-1.8-1.8v-8Z" />
  ),
  screen: (
    <>
      <rect x="2.6" y="3.8" width="14.8" height="10" rx="2" />
      <path d="M7 16.6h6M10 13.8v2.8" />
    </>
  ),
  camera: (
    <>
      <path d="M2.8 7.6a1.8 1.8 0 0 1 1.8-1.8h1.9l1.3-1.9h4.4l1.3 1.9h1.9a1.8 1.8 0 0 1 1.8 1.8v6.6a1.8 1.8 0 0 1-1.8 1.8H4.6a1.8 1.8 0 0 1-1.8-1.8V7.6Z" />
      <circle cx="10" cy="10.6" r="2.9" />
    </>
  ),
  print: (
    <path d="M6 7.4V3.4h8v4M6 14H4.6a1.8 1.8 0 0 1-1.8-1.8V9.2a1.8 1.8 0 0 1 1.8-1.8h10.8a1.8 1.8 0 0 1 1.8 1.8v3a1.8 1.8 0 0 1-1.8 1.8H14M6 11.8h8v4.8H6v-4.8Z" />
  ),
  download: <path d="M10 3.4v9M6.4 9 10 12.6 13.6 9M3.8 16.4h12.4" />,
  file: (
    <path d="M5 4.8a1.8 1.8 0 0 1 1.8-1.8h4.4L15 6.8v8.4a1.8 1.8 0 0 1-1.8 1.8H6.8A1.8 1.8 0 0 1 5 15.2V4.8ZM11 3.2V7h3.8" />
  ),
  signOut: (
    <path d="M8.4 3.8H5.6a1.8 1.8 0 0 0-1.8 1.8v8.8a1.8 1.8 0 0 0 1.8 1.8h2.8M12.6 13.2 16 10l-3.4-3.2M15.6 10H8" />
  ),
  building: (
    <path d="M4.4 16.6V4.6a1.2 1.2 0 0 1 1.2-1.2h5.8a1.2 1.2 0 0 1 1.2 1.2v12M12.6 8.4h2a1.2 1.2 0 0 1 1.2 1.2v7M2.8 16.6h14.4M7.2 6.8h2.6M7.2 9.8h2.6M7.2 12.8h2.6" />
  ),
  sparkle: (
    <path d="M9 3.4l1.5 4.1 4.1 1.5-4.1 1.5L9 14.6l-1.5-4.1L3.4 9l4.1-1.5L9 3.4ZM15 12.8l.7 1.9 1.9.7-1.9.7-.7 1.9-.7-1.9-1.9-.7 1.9-.7.7-1.9Z" />
  ),
  phone: (
    <>
      <rect x="5.6" y="2.6" width="8.8" height="14.8" rx="2.2" />
      <path d="M9.2 14.8h1.6" />
    </>
  ),
  play: <path d="M6.4 4.4v11.2L15.4 10 6.4 4.4Z" />,
  pause: <path d="M7 4.6v10.8M13 4.6v10.8" />,
  expand: <path d="M11.6 3.6h4.8v4.8M16.2 3.8l-4.8 4.8M8.4 16.4H3.6v-4.8M3.8 16.2l4.8-4.8" />,
  shrink: <path d="M16.4 8.4h-4.8V3.6M11.8 8.2l4.8-4.8M3.6 11.6h4.8v4.8M8.2 11.8l-4.8 4.8" />,
  pin: <path d="M7 3.4h6M7.8 3.4v4.4L5.6 10.4v1.4h8.8v-1.4l-2.2-2.6V3.4M10 11.8v5" />,
  tag: (
    <path d="M3.4 4.6v5.2l6.8 6.8a1.4 1.4 0 0 0 2 0l4.4-4.4a1.4 1.4 0 0 0 0-2L9.8 3.4H4.6a1.2 1.2 0 0 0-1.2 1.2ZM6.9 6.9v.1" />
  ),
  qr: (
    <path d="M3.4 3.4h4.8v4.8H3.4ZM11.8 3.4h4.8v4.8h-4.8ZM3.4 11.8h4.8v4.8H3.4ZM11.8 11.8h1.6M16.6 11.8v1.4M11.8 16.6v-1.4M14.2 14.2h2.4v2.4h-2.4" />
  ),
  sort: <path d="M6.2 4v12M3.4 13.2 6.2 16 9 13.2M13.8 16V4M11 6.8 13.8 4l2.8 2.8" />,
  undo: <path d="M4 8.4h8a4.2 4.2 0 0 1 0 8.4H8M7.4 5 4 8.4l3.4 3.4" />,
} as const;

export type IconName = keyof typeof drawings;

/** A decorative icon: hidden from assistive technology, so a word must stand beside it or on its button. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  );
}
