// Sheets of codes: which one comes next, and striking out the used ones.
import type { RehearsedSheet } from '../../../src-shared/contract/index.ts';
import type { World } from '../world.ts';
import { NotPossible } from './not-possible.ts';

/** Throws NotPossible for another kind of sheet, and where none is left. */
export function nextCodeOn(world: World, name: string, kind: RehearsedSheet['kind']): string {
  const sheet = world.sheet(name);
  if (sheet.kind !== kind) throw new NotPossible(`“${name}” holds no such codes.`);
  const [code] = sheet.codes;
  if (code === undefined) throw new NotPossible(`Every code of “${name}” was used.`);
  return code;
}

export function strikeOut(world: World, name: string, code: string): void {
  const sheet = world.sheet(name);
  world.sheets.set(name, {
    ...sheet,
    codes: sheet.codes.filter((other) => other !== code),
    lines: sheet.lines.map((line) => (line === code ? `${line} (used)` : line)),
  });
}
