// A QR code as one crisp SVG path, black on white in the dark theme too: many readers see no inverted codes.
import QRCode from 'qrcode';
import { type ReactNode, useMemo } from 'react';
import './qr-code.css';

/** Modules of white that a reader needs around the code (ISO 18004: four). */
const QUIET = 4;

export interface QrCodeProps {
  readonly text: string;
  /** What it holds, read out in its place. */
  readonly label: string;
  /** Edge length in CSS pixels, the white edge included. */
  readonly size?: number;
}

export function QrCode({ text, label, size = 228 }: QrCodeProps): ReactNode {
  const { path, edge } = useMemo(() => {
    const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
    const rows: string[] = [];
    for (let y = 0; y < modules.size; y += 1) {
      for (let x = 0; x < modules.size; x += 1) {
        if (modules.get(y, x) === 1) rows.push(`M${x + QUIET} ${y + QUIET}h1v1h-1z`);
      }
    }
    return { path: rows.join(''), edge: modules.size + 2 * QUIET };
  }, [text]);
  return (
    <svg
      className="qr-code"
      width={size}
      height={size}
      viewBox={`0 0 ${edge} ${edge}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={edge} height={edge} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
