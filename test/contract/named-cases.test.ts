// Each case G1–G17 and requirement S1–S22 stands in the name of a test: read from the test files themselves.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const folder = new URL('..', import.meta.url).pathname;

/** `test`, `it`, `test.each(…)`, `describe.skipIf(…)` and the like, by what they begin with. */
function rootName(callee: ts.Expression): string {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee)) return rootName(callee.expression);
  if (ts.isCallExpression(callee)) return rootName(callee.expression);
  return '';
}

const textOf = (node: ts.Expression | undefined): string => {
  if (node === undefined) return '';
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
    : '';
};

/** The full name of each test in that file: its own and those of the groups around it. */
function testNames(source: string): string[] {
  const names: string[] = [];
  const walk = (node: ts.Node, around: string): void => {
    let within = around;
    if (ts.isCallExpression(node)) {
      const root = rootName(node.expression);
      const name = textOf(node.arguments[0]);
      if (name !== '' && (root === 'describe' || root === 'test' || root === 'it')) {
        within = `${around} ${name}`;
        if (root !== 'describe') names.push(within);
      }
    }
    node.forEachChild((child) => walk(child, within));
  };
  walk(ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest), '');
  return names;
}

/** The ids in a name, also those in the middle of a range (`G1-G7`). */
function idsIn(name: string): string[] {
  const single = [...name.matchAll(/\b[GS]\d{1,2}\b/gu)].map(([id]) => id);
  const ranges = [...name.matchAll(/\b([GS])(\d{1,2})[-–]\1(\d{1,2})\b/gu)];
  return [
    ...single,
    ...ranges.flatMap(([, letter = '', from = '', to = '']) =>
      Array.from(
        { length: Math.max(0, Number(to) - Number(from) + 1) },
        (_, step) => `${letter}${Number(from) + step}`,
      ),
    ),
  ];
}

function idsNamedIn(part: string): ReadonlySet<string> {
  const files = readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(folder, part, path), 'utf8'));
  return new Set(sources.flatMap(testNames).flatMap(idsIn));
}

const all = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
const cases = all('G', 17);
const requirements = all('S', 22);
/** Requirements whose outcome a person sees on a screen made for it. */
const onScreens = ['S4', 'S10', 'S16', 'S17', 'S18', 'S19'];

describe('reading of names', () => {
  test('finds tests of every form, with their groups, and ranges', () => {
    const source = `
      // G15 in a comment does not count.
      describe('S3', () => { test.each([['G16']])('%s wins', () => {}); });
      for (const driver of drivers) it(\`G1-G3 on \${driver}: S4\`, () => {});
      describe('G14: nothing is in here', () => {});`;
    expect(testNames(source).flatMap(idsIn).sort()).toEqual(
      ['G1', 'G1', 'G2', 'G3', 'G3', 'S3', 'S4'].sort(),
    );
  });
});

describe('named tests', () => {
  const below = new Set(
    ['unit', 'contract', 'security', 'integration'].flatMap((part) => [...idsNamedIn(part)]),
  );
  const endToEnd = idsNamedIn('e2e');

  test.each([...cases, ...requirements])('%s is in the name of a test below the screens', (id) => {
    expect(below).toContain(id);
  });

  test.each([...cases, ...onScreens])('%s is in the name of an end-to-end test', (id) => {
    expect(endToEnd).toContain(id);
  });
});
