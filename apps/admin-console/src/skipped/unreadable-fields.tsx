import { type Column, DataTable } from '../parts/data-table.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { fieldName } from '../words/field-name.ts';
import { numberWords } from '../words/times.ts';
import { words } from '../words/words.ts';
import type { Skipped } from './skipped.ts';

type Unreadable = Skipped['unreadable'][number];

const { skipped: said } = words;

const columns: readonly Column<Unreadable>[] = [
  { name: said.field, isHeader: true, of: ({ field }) => fieldName(field) },
  { name: said.people, of: ({ people }) => numberWords(people) },
  { name: said.problem, of: ({ problem }) => problem },
];

/** Fields that the mapping couldn't read of some people. */
export const UnreadableFields = ({ fields }: { readonly fields: readonly Unreadable[] }) => (
  <section className="card" aria-labelledby="unreadable-heading">
    <h2 id="unreadable-heading">{said.unreadable}</h2>
    <p className="faint">{said.unreadableAbout}</p>
    <DataTable
      label={said.unreadable}
      columns={columns}
      rows={fields}
      keyOf={({ field, problem }) => `${field} ${problem}`}
      empty={said.none}
    />
    <p>
      <PageLink to="/mapping">{said.mapping}</PageLink>
    </p>
  </section>
);
