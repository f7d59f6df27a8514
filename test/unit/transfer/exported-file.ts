// The one file of an export, in tests.
import type { ExportedFile } from '../../../src-main/authenticator/transfer/exporter.ts';

export function contentOf([file, ...others]: readonly ExportedFile[]): Uint8Array {
  if (file === undefined || others.length > 0) throw new Error('The export is not one file.');
  return file.content;
}
