import { fitted } from '../mapping/field-text.ts';
import type { MappedFields } from '../mapping/learner-fields.ts';
import { CUSTOM_PREFIX } from '../mapping/mapping-rule.ts';
import { identifying, type ListColumn } from './columns.ts';

/** What a row says of a person. */
export interface ListedPerson {
  readonly learnerId?: string;
  readonly active: boolean;
  readonly employeeId?: string;
  readonly userPrincipalName?: string;
  readonly fields: MappedFields;
  readonly customFields?: Readonly<Record<string, string | null>>;
  /** What the list says nothing about, by the same names: it stays as it is. */
  readonly keeps: readonly string[];
}

/** The person of a row, or what is wrong with it: one sentence for each cell. */
export type ReadPerson = { readonly person: ListedPerson } | { readonly problems: readonly string[] };

const standard = [
  ...['firstName', 'lastName', 'displayName', 'email', 'jobTitle'],
  ...['department', 'location', 'language', 'hireDate'],
] as const;

/** What may be kept: everything but who the person is. */
const keepable: readonly string[] = [...standard, 'employeeId', 'userPrincipalName', 'active', 'customFields'];

export function readPerson(columns: readonly ListColumn[], cells: readonly string[]): ReadPerson {
  const problems = tooMany(columns, cells);
  const said = new Map<string, string | null>();
  columns.forEach(({ title, field }, index) => {
    if (field === null) return;
    const reading = readCell(field, cells[index] ?? '');
    if ('problem' in reading) problems.push(`${title}: ${reading.problem}.`);
    else said.set(field, reading.text);
  });
  if (problems.length === 0 && !identifying.some((field) => said.get(field))) {
    problems.push('A learner needs an email address or an employee id.');
  }
  return problems.length > 0 ? { problems } : { person: personOf(said) };
}

/** Cells to the right of the last column: a separator that belongs to a text. Spreadsheets write empty ones. */
const tooMany = (columns: readonly ListColumn[], cells: readonly string[]): string[] =>
  cells.slice(columns.length).some((cell) => cell.trim() !== '') ? ['There are more cells than columns.'] : [];

function readCell(field: string, cell: string): ReturnType<typeof fitted> {
  const text = cell.replace(/\s+/gu, ' ').trim();
  if (text === '') return { text: null };
  if (/\p{Cc}/u.test(text)) return { problem: 'the value has characters that can’t be shown' };
  const shape = Object.hasOwn(shapes, field) ? shapes[field] : undefined;
  return shape ? shape(text) : fitted(field, text);
}

const yes = ['true', 'yes', 'y', '1', 'active', 'enabled', 'wahr', 'vrai', 'ja', 'oui'];
const no = ['false', 'no', 'n', '0', 'inactive', 'disabled', 'falsch', 'faux', 'nein', 'non'];

const shapes: Readonly<Record<string, (text: string) => ReturnType<typeof fitted>>> = {
  active: (text) => {
    if (yes.includes(text.toLowerCase())) return { text: 'true' };
    return no.includes(text.toLowerCase()) ? { text: 'false' } : { problem: 'the value is neither yes nor no' };
  },
  // A day with points is written in one order everywhere; with slashes it is not.
  hireDate: (text) => fitted('hireDate', text.replace(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, dayFirst)),
  employeeId: (text) => shorter(text, 64),
  learnerId: (text) => shorter(text, 64),
  userPrincipalName: (text) => (text.includes('@') ? shorter(text, 1024) : { problem: 'the value is no such name' }),
};

const dayFirst = (_all: string, day: string, month: string, year: string) =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

const shorter = (text: string, length: number) =>
  text.length > length ? { problem: `the value is longer than ${length} characters` } : { text };

function personOf(said: ReadonlyMap<string, string | null>): ListedPerson {
  const optional = (name: 'learnerId' | 'employeeId' | 'userPrincipalName') => {
    const text = said.get(name);
    return text ? { [name]: text } : {};
  };
  const customFields = [...said].flatMap(([field, text]) =>
    field.startsWith(CUSTOM_PREFIX) ? [[field.slice(CUSTOM_PREFIX.length), text] as const] : [],
  );
  const isKept = (name: string) => !said.has(name) || (name === 'active' && said.get(name) === null);
  return {
    ...optional('learnerId'),
    ...optional('employeeId'),
    ...optional('userPrincipalName'),
    active: said.get('active') !== 'false',
    fields: Object.fromEntries(standard.map((name) => [name, said.get(name) ?? null])) as unknown as MappedFields,
    ...(customFields.length > 0 ? { customFields: Object.fromEntries(customFields) } : {}),
    keeps: keepable.filter(isKept),
  };
}
