// Versioned JSON files: schema, numbered migrations, the future refused.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { jsonFile } from '../../../src-main/storage/json-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

const V1 = z.strictObject({ name: z.string() });
const V3 = z.strictObject({ names: z.array(z.string()), count: z.number().int() });
const migrations = [
  (content: unknown) => ({ names: [V1.parse(content).name] }),
  (content: unknown) => {
    const { names } = z.object({ names: z.array(z.string()) }).parse(content);
    return { names, count: names.length };
  },
];

test('a document of each earlier version arrives at the present one', async () => {
  const path = join(temporaryFolder(), 'document.json');
  const file = jsonFile({ path, schema: V3, migrations });
  writeFileSync(path, '{"version":1,"content":{"name":"a"}}');
  expect(await file.read()).toEqual({ names: ['a'], count: 1 });
  writeFileSync(path, '{"version":2,"content":{"names":["a","b"]}}');
  expect(await file.read()).toEqual({ names: ['a', 'b'], count: 2 });
  await file.write({ names: [], count: 0 });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ version: 3, content: { names: [], count: 0 } });
});

test('a document from a newer Twofold is refused and stays as it is, also against a write', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'document.json');
  const content = '{"version":9,"content":{"anything":true}}';
  writeFileSync(path, content);
  const file = jsonFile({ path, schema: V3, migrations });
  const refusal = { code: 'storage-failed', details: { reason: 'newer-version' } };
  await expect(file.read()).rejects.toMatchObject(refusal);
  await expect(file.read()).rejects.toThrow('newer Twofold (version 9 of the file; this one knows up to 3)');
  await expect(file.write({ names: [], count: 0 })).rejects.toMatchObject(refusal);
  expect(readFileSync(path, 'utf8')).toBe(content);
  expect(readdirSync(folder)).toEqual(['document.json']);
});

test.each([
  ['no JSON', 'hello'],
  ['no version', '{"content":{}}'],
  ['version 0', '{"version":0,"content":{}}'],
  ['an unknown field', '{"version":3,"content":{"names":[],"count":0,"more":1}}'],
  ['broken UTF-8', Buffer.from([0x22, 0xff, 0x22])],
])('%s counts as damaged and is set aside', async (_what, content) => {
  const folder = temporaryFolder();
  const path = join(folder, 'document.json');
  writeFileSync(path, content);
  expect(await jsonFile({ path, schema: V3, migrations }).read()).toBeNull();
  expect(readdirSync(folder).filter((name) => name.startsWith('document.json.corrupt-'))).toHaveLength(1);
});
