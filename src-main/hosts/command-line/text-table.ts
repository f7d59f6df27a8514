// Rows of cells as aligned lines of text.

/** Two spaces between columns; a column without any text is left out. `right` names the columns that stand to the right. */
export function textTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const padded = (row: readonly string[]): string =>
    widths
      .flatMap((width, column) => {
        const cell = row[column] ?? '';
        if (width === 0) return [];
        return [right.includes(column) ? cell.padStart(width) : cell.padEnd(width)];
      })
      .join('  ')
      .trimEnd();
  return rows.map(padded).join('\n');
}
