import { type SubmitEvent, useState } from 'react';
import { answerOf, api } from '../api/client.ts';
import type { paths } from '../api/openapi.d.ts';
import { useCommand } from '../api/use-command.ts';
import { CommandButton } from '../parts/command-button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { TextField } from '../parts/text-field.tsx';
import { words } from '../words/words.ts';
import { fieldName } from './field-name.ts';
import type { Mapping } from './mapping.ts';

type Tested = paths['/api/mapping-tests']['post']['responses']['200']['content']['application/json'];
type TestedField = Tested['fields'][number];

const { test: said } = words.mapping;

/** What a mapping makes of one person, before and after, without anything being stored. */
export function TestMapping({ mapping }: { readonly mapping: Mapping }) {
  const [person, setPerson] = useState('');
  const test = useCommand({
    send: (asked: { person: string; mapping: Mapping }) =>
      answerOf(api.POST('/api/mapping-tests', { body: { ...asked, mapping: { ...asked.mapping } } })),
    changes: [],
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    test.mutate({ person: person.trim(), mapping });
  };
  return (
    <section className="card" aria-labelledby="test-heading">
      <h2 id="test-heading">{said.title}</h2>
      <p className="faint">{said.about}</p>
      <form className="filters" onSubmit={submit}>
        <TextField
          label={said.person}
          value={person}
          required
          maxLength={320}
          autoComplete="off"
          spellCheck={false}
          onChange={setPerson}
        />
        <CommandButton type="submit" isPending={test.isPending}>
          {said.try}
        </CommandButton>
      </form>
      <div role="status">{test.data && <Result tested={test.data} mapping={mapping} />}</div>
    </section>
  );
}

function Result({
  tested: { person, problem, fields },
  mapping,
}: {
  readonly tested: Tested;
  readonly mapping: Mapping;
}) {
  if (problem !== null) return <p className="notice bad">{problem}</p>;
  if (person === null) return <p className="notice warn">{said.nobody}</p>;
  const columns: readonly Column<TestedField>[] = [
    { name: said.field, isHeader: true, of: ({ field }) => fieldName(mapping, field) },
    { name: said.now, of: ({ now }) => words.fields.value(now) },
    { name: said.value, of: (field) => <NewValue field={field} /> },
    { name: said.from, of: ({ from }) => <code>{from}</code> },
  ];
  return (
    <DataTable
      label={said.of(person.name)}
      columns={columns}
      rows={fields}
      keyOf={({ field }) => field}
      empty={said.nobody}
    />
  );
}

function NewValue({ field: { value, now, note } }: { readonly field: TestedField }) {
  return (
    <>
      {value === now ? <span className="faint">{said.same}</span> : <strong>{words.fields.value(value)}</strong>}
      {note !== null && <span className="note">{note}</span>}
    </>
  );
}
