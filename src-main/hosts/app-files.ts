// From an address of the app protocol to a file below the renderer's folder. Free of electron.
import { extname, join, sep } from 'node:path';
import { isOwnAddress } from './own-origin.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface AppFile {
  readonly path: string;
  readonly mediaType: string;
}

/** One segment of a path as the build names files. Leaves no room for `..`, separators, drives, NUL or hidden files. */
const plainSegment = /^[A-Za-z0-9_@-][A-Za-z0-9_@.-]*$/;

/**
 * The file that an address stands for, or null where there can be none: another origin, a path that could leave `root`,
 * or a kind of file that the renderer does not have.
 */
export function resolveAppFile(root: string, address: string): AppFile | null {
  if (!isOwnAddress(address)) return null;
  const { pathname } = new URL(address);
  const segments = pathname === '/' ? ['index.html'] : pathname.slice(1).split('/');
  if (!segments.every((segment) => plainSegment.test(segment))) return null;
  const path = join(root, ...segments);
  const mediaType = mediaTypes[extname(path).toLowerCase()];
  // The segments cannot lead out; this holds even if their rule is ever loosened.
  if (mediaType === undefined || !path.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
  return { path, mediaType };
}
