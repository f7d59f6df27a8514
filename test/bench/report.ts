// How the numbers of a bench run are shown: one aligned table, and the machine that they were measured on.
import { cpus, totalmem } from 'node:os';
import type { BenchRow } from './bench-row.ts';

export const MIB = 1024 * 1024;

export const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  processors: cpus().length,
  memoryMiB: Math.round(totalmem() / MIB),
  system: `${process.platform} ${process.arch}`,
  node: process.version,
};

export const machineLine = `${machine.processors} × ${machine.processor}, ${machine.system}, Node ${machine.node}`;

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** How a rate stands beside the fastest of the same unit: 1.00 is the fastest itself. */
function ratio(row: BenchRow, rows: readonly BenchRow[]): string {
  if (!row.unit.endsWith('/s')) return '';
  const fastest = Math.max(...rows.filter(({ unit }) => unit === row.unit).map(({ value }) => value));
  return `${(row.value / fastest).toFixed(2)}×`;
}

const shown = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });

/** Aligned columns; the numbers to the right. */
export function table(rows: readonly BenchRow[]): string {
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
