import { type CustomField, type PeopleList, readPeopleList } from '../../src/index.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The bytes of a file. */
export function asFile(text: string, encoding: Encoding = 'utf-8', mark = false): Uint8Array {
  const marked = mark ? `\uFEFF${text}` : text;
  if (encoding === 'utf-8') return Buffer.from(marked);
  const bytes = Buffer.from(marked, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

/** Rows as RFC 4180 writes them: whatever needs quotes gets them. */
export const written = (rows: readonly (readonly string[])[], separator: string, end: string): string =>
  rows.map((row) => row.map((cell) => quoted(cell, separator)).join(separator) + end).join('');

const quoted = (cell: string, separator: string) =>
  ['"', '\n', '\r', separator].some((special) => cell.includes(special)) ? `"${cell.replaceAll('"', '""')}"` : cell;

export function readList(text: string, customFields: readonly CustomField[] = []): PeopleList {
  const read = readPeopleList(asFile(text), customFields);
  if ('problem' in read) throw new Error(read.problem);
  return read;
}
