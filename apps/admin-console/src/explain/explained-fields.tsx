import { type Column, DataTable } from '../parts/data-table.tsx';
import { fieldName } from '../words/field-name.ts';
import { words } from '../words/words.ts';
import type { Explanation } from './explanation.ts';

type Field = Explanation['fields'][number];

const { explain: said } = words;

const columns: readonly Column<Field>[] = [
  { name: said.field, isHeader: true, of: ({ field }) => fieldName(field) },
  { name: said.value, of: ({ value }) => words.fields.value(value) },
  { name: said.from, of: ({ from }) => <code>{from}</code> },
  { name: said.note, of: ({ note }) => note },
];

/** What each field of somebody is, and where it is read from. */
export const ExplainedFields = ({ explanation: { fields } }: { readonly explanation: Explanation }) => (
  <section className="card" aria-labelledby="fields-heading">
    <h2 id="fields-heading">{said.fields}</h2>
    <DataTable label={said.fields} columns={columns} rows={fields} keyOf={({ field }) => field} empty={said.noFields} />
  </section>
);
