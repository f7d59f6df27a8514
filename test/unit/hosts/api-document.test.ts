// For other programs: the document says what the interface does, and the file in docs is that document.
import { expect, test } from 'vitest';
import { ApiScope } from '../../../src-shared/contract/index.ts';
import { openApiDocument, openApiText } from '../../../src-main/hosts/http/api/openapi.ts';
import { operations } from '../../../src-main/hosts/http/api/operations.ts';

/** Every `$ref` in the document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]): string[] =>
    key === '$ref' ? [String(part)] : references(part),
  );
}

test('OpenAPI: docs/openapi.json is what is generated now', async () => {
  await expect(openApiText()).toMatchFileSnapshot('../../../docs/openapi.json');
});

test('OpenAPI: every operation of the table is described, with its scope, and every reference leads somewhere', () => {
  const document = openApiDocument();
  for (const { at, method, scope, id } of operations) {
    expect(document).toHaveProperty(['paths', at, method.toLowerCase(), 'operationId'], id);
    expect(document).toHaveProperty(['paths', at, method.toLowerCase(), 'security'], [{ apiKey: [scope] }]);
  }
  const all = references(document);
  expect(all.length).toBeGreaterThan(operations.length);
  for (const reference of all) {
    expect(document).toHaveProperty(reference.replace('#/', '').split('/'));
  }
});

test('every scope that a key can have opens something', () => {
  const used = new Set(operations.map(({ scope }) => scope));
  expect([...ApiScope.options].filter((scope) => !used.has(scope))).toEqual([]);
});
