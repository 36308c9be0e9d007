import { DataTable } from '../parts/data-table.tsx';
import { words } from '../words/words.ts';
import { fieldName } from './field-name.ts';
import { defaultSources } from './mapping.ts';
import { fieldsWithoutRule, type MappingRows } from './mapping-rows.ts';

const { mapping: said } = words;

/** The standard fields that no rule is about, and where they come from. */
export function DefaultFields({ rows }: { readonly rows: MappingRows }) {
  const fields = fieldsWithoutRule(rows).filter((field) => field in defaultSources);
  if (fields.length === 0) return null;
  const columns = [
    { name: said.field, isHeader: true, of: (field: string) => fieldName(rows, field) },
    { name: said.from, of: (field: string) => <code>{defaultSources[field]}</code> },
  ];
  return (
    <section aria-labelledby="defaults-heading">
      <h2 id="defaults-heading">{said.defaults}</h2>
      <p className="faint">{said.defaultsAbout}</p>
      <DataTable label={said.defaults} columns={columns} rows={fields} keyOf={(field) => field} empty={null} />
    </section>
  );
}
