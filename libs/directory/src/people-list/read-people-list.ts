import type { CustomField } from '../mapping/mapping-rule.ts';
import { columnProblem, columnsOf, type ListColumn } from './columns.ts';
import { decodeText } from './decode-text.ts';
import { addressKey, employeeKey } from './match-keys.ts';
import { type ListedPerson, readPerson } from './read-person.ts';
import { readRows, type Row } from './read-rows.ts';

/** A row of a list by its line in the file: a person, or why it is none. */
export type ListRow = { readonly line: number } & ({ readonly person: ListedPerson } | { readonly problem: string });

export interface PeopleList {
  readonly columns: readonly ListColumn[];
  /** In the order of the file. What is wrong with one says nothing of the others. */
  readonly rows: readonly ListRow[];
}

/** What is looked at before anything is read. */
export const listLimits = { bytes: 10 * 1024 * 1024, rows: 50_000, columns: 200 } as const;

/** Reads a list of people as spreadsheets write it, or says why it can't be read at all. */
export function readPeopleList(
  bytes: Uint8Array,
  customFields: readonly CustomField[],
): PeopleList | { readonly problem: string } {
  if (bytes.byteLength > listLimits.bytes) return { problem: 'The file is larger than 10 MB.' };
  const decoded = decodeText(bytes);
  if ('problem' in decoded) return decoded;
  const read = tableOf(decoded.text, customFields);
  const problem = columnProblem(read.columns);
  if (problem !== undefined) return { problem };
  const rows: Row[] = [];
  for (const row of read.rows) {
    if (rows.length === listLimits.rows) return { problem: 'The list has more than 50,000 rows.' };
    rows.push(row);
  }
  if (rows.length === 0) return { problem: 'The list has no row but the names of its columns.' };
  return { columns: read.columns, rows: readAll(read.columns, rows) };
}

interface Table {
  readonly columns: readonly ListColumn[];
  readonly rows: Iterable<Row>;
}

/** The text by the separator with which its first row names most. */
function tableOf(text: string, customFields: readonly CustomField[]): Table {
  const told = /^sep=([;,\t|])\n/.exec(text)?.[1];
  const tables = (told === undefined ? [';', '\t', ',', '|'] : [told]).map((separator): Table => {
    const rows = readRows(text, separator);
    if (told !== undefined) rows.next();
    const first = rows.next();
    const titles = first.done !== true && 'cells' in first.value ? first.value.cells.slice(0, listLimits.columns) : [];
    return { columns: columnsOf(titles, customFields), rows };
  });
  const named = ({ columns }: Table) => columns.filter(({ field }) => field !== null).length;
  return tables.reduce((best, table) => (named(table) > named(best) ? table : best));
}

function readAll(columns: readonly ListColumn[], rows: readonly Row[]): ListRow[] {
  const seen = new Map<string, number>();
  return rows.map((row): ListRow => {
    if ('problem' in row) return row;
    const { line } = row;
    const read = readPerson(columns, row.cells);
    if ('problems' in read) return { line, problem: read.problems.join(' ') };
    const keys = keysOf(read.person);
    const before = keys.map((key) => seen.get(key)).find((other) => other !== undefined);
    if (before !== undefined) return { line, problem: `This is the person of line ${before} once more.` };
    for (const key of keys) seen.set(key, line);
    return { line, person: read.person };
  });
}

/** Two rows with one of these in common are about one person. */
const keysOf = ({ learnerId, employeeId, userPrincipalName, fields: { email } }: ListedPerson): string[] => [
  ...(learnerId === undefined ? [] : [`learner:${learnerId}`]),
  ...(employeeId === undefined ? [] : [employeeKey(employeeId)]),
  ...[userPrincipalName, email].flatMap((address) => (address ? [addressKey(address)] : [])),
];
