// `npm run bench`: runs every benchmark and prints one table; `--json FILE` writes it for machines too.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { BenchRow } from './bench-row.ts';
import { machine, machineLine, MIB, table } from './report.ts';

const SUFFIX = '.bench.ts';
const Rows = z.array(
  z.strictObject({ name: z.string(), value: z.number(), unit: z.string(), note: z.string().optional() }),
);

/** Runs every function called …Bench of a file, `authenticatorBench` of authenticator.bench.ts for instance. */
async function rowsOf(file: string): Promise<BenchRow[]> {
  const module: unknown = await import(join(import.meta.dirname, file));
  const benches = z.record(z.string(), z.unknown()).parse(module);
  const rows: BenchRow[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (!name.endsWith('Bench') || typeof bench !== 'function') continue;
    const own: unknown = await Reflect.apply(bench, undefined, []);
    for (const { note, ...row } of Rows.parse(own)) rows.push(note === undefined ? row : { ...row, note });
  }
  return rows;
}

const { values } = parseArgs({ options: { json: { type: 'string' } } });
console.log(`${machineLine}\n`);

const rows: BenchRow[] = [];
for (const file of readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(SUFFIX))
  .sort()) {
  const own = await rowsOf(file);
  globalThis.gc?.();
  own.push({
    name: `${file.slice(0, -SUFFIX.length)} benchmark: memory afterwards`,
    value: process.memoryUsage.rss() / MIB,
    unit: 'MiB',
    note: 'of this process, resident',
  });
  console.log(`${table(own)}\n`);
  rows.push(...own);
}
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ machine, rows }, undefined, 2)}\n`);
