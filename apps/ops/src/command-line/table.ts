/** Rows in columns that are as wide as they need be, two spaces apart; the last one is as long as it likes. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

/** A table with a line of headings. */
export const headed = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  table([headings.map((heading) => heading.toUpperCase()), ...rows]);
