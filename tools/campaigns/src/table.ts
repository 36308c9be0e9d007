import type { Result } from './results.ts';

/** The results as a table, a line each, and below it the notes of the rows that have some. */
export function renderTable(results: readonly Result[]): string {
  const rows = results.map(({ id, claim, target, measured, ok }) => [id, claim, target, measured, ok ? 'ok' : 'SHORT']);
  const lines = alignColumns([['row', 'claim', 'target', 'measured', ''], ...rows]);
  const notes = results.flatMap(({ id, notes = [] }) => notes.map((note) => `${id}  ${note}`));
  const short = results.filter(({ ok }) => !ok).length;
  const verdict = short === 0 ? `all ${results.length} hold` : `${short} of ${results.length} fall short`;
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : []), '', verdict].join('\n');
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
