/** A row by the line that it begins in, or why that line is none. */
export type Row =
  { readonly line: number; readonly cells: readonly string[] } | { readonly line: number; readonly problem: string };

/** Longer than any cell may be, so that a quote that is never closed doesn't swallow a list. */
const LONGEST_QUOTED = 8_192;

const UNCLOSED = 'A cell begins with a quote that isn’t closed. A quote that belongs to the text is written twice.';

/**
 * The rows of a text by RFC 4180, with any separator; lines without a cell are left out. What can't be a row is one
 * line: reading goes on with the next one.
 */
export function* readRows(text: string, separator: string): Generator<Row> {
  const plain = new RegExp(`[^${separator}\n]*`, 'y');
  let [at, line] = [0, 1];
  while (at < text.length) {
    const row = readRow(text, at, separator, plain);
    if (!row) yield { line, problem: UNCLOSED };
    else if (row.cells.some((cell) => cell.trim() !== '')) yield { line, cells: row.cells };
    const end = row?.end ?? endOfLine(text, at);
    line += lineFeeds(text, at, end) + 1;
    at = end + 1;
  }
}

interface ReadCells {
  readonly cells: readonly string[];
  /** Where its line feed is, or the text ends. */
  readonly end: number;
}

function readRow(text: string, start: number, separator: string, plain: RegExp): ReadCells | undefined {
  const cells: string[] = [];
  for (let at = start; ; at += 1) {
    const cell = readCell(text, at, plain);
    if (!cell) return undefined;
    cells.push(cell.text);
    at = cell.end;
    if (at >= text.length || text[at] === '\n') return { cells, end: at };
    if (text[at] !== separator) return undefined;
  }
}

function readCell(text: string, start: number, plain: RegExp): { text: string; end: number } | undefined {
  if (text[start] !== '"') {
    plain.lastIndex = start;
    const [found = ''] = plain.exec(text) ?? [];
    return { text: found, end: start + found.length };
  }
  const quote = closingQuote(text, start);
  return quote === undefined ? undefined : { text: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
}

function closingQuote(text: string, opening: number): number | undefined {
  for (let at = opening + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0 || at - opening > LONGEST_QUOTED) return undefined;
    if (text[at + 1] !== '"') return at;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function lineFeeds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
