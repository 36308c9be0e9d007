import type { Explanation } from '../explain/explanation.ts';
import { useExplanation } from '../explain/use-explanation.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { fieldName } from '../words/field-name.ts';
import { words } from '../words/words.ts';
import { askedAs } from './asked-as.ts';
import type { Person } from './person.ts';

type Field = Person['fields'][number] & { readonly told: Explanation['fields'][number] | undefined };

const { fields: said } = words.person;

const columns: readonly Column<Field>[] = [
  { name: said.field, isHeader: true, of: ({ field }) => fieldName(field) },
  { name: said.value, of: ({ value }) => words.fields.value(value) },
  {
    name: said.source,
    of: ({ from, told }) => (
      <>
        {said.from[from]} {told && from === 'microsoft' && <code className="note">{told.from}</code>}
      </>
    ),
  },
  { name: said.note, of: ({ told }) => told?.note },
];

/** What each field shows, who said it, and why it isn't simply what Microsoft says. */
export function PersonFields({ person }: { readonly person: Person }) {
  const asked = askedAs(person);
  return asked === null ? <Fields person={person} told={[]} /> : <WithNotes person={person} asked={asked} />;
}

function WithNotes({ person, asked }: { readonly person: Person; readonly asked: string }) {
  // What the person's page says of them doesn't wait for the explanation.
  const { data } = useExplanation(asked);
  return <Fields person={person} told={data?.fields ?? []} />;
}

interface FieldsProps {
  readonly person: Person;
  readonly told: Explanation['fields'];
}

function Fields({ person, told }: FieldsProps) {
  const notes = new Map(told.map((field) => [field.field, field]));
  return (
    <section className="card" aria-labelledby="fields-heading">
      <h2 id="fields-heading">{said.title}</h2>
      <DataTable
        label={said.title}
        columns={columns}
        rows={person.fields.map((field) => ({ ...field, told: notes.get(field.field) }))}
        keyOf={({ field }) => field}
        empty={said.none}
      />
    </section>
  );
}
