// `npm run bench`: runs every benchmark and prints one table; `--json FILE` writes it for machines too.
import { readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { BenchRow } from './bench-row.ts';

const MIB = 1024 * 1024;
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

/** How a rate stands beside the fastest of the same unit: 1.00 is the fastest itself. */
function ratio(row: BenchRow, rows: readonly BenchRow[]): string {
  if (!row.unit.endsWith('/s')) return '';
  const fastest = Math.max(...rows.filter(({ unit }) => unit === row.unit).map(({ value }) => value));
  return `${(row.value / fastest).toFixed(2)}×`;
}

const shown = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });

/** Aligned columns; the numbers to the right. */
function table(rows: readonly BenchRow[]): string {
  const cells = rows.map((row) => [row.name, shown(row.value), row.unit, ratio(row, rows), row.note ?? '']);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 1 || column === 3 ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  processors: cpus().length,
  memoryMiB: Math.round(totalmem() / MIB),
  system: `${process.platform} ${process.arch}`,
  node: process.version,
};
console.log(`${machine.processors} × ${machine.processor}, ${machine.system}, Node ${machine.node}\n`);

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
