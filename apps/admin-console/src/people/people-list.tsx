import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Pager } from '../parts/pager.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import type { PeopleFilters, PersonRow } from './people.ts';
import { PersonName } from './person-name.tsx';
import { PersonState } from './person-state.tsx';

const { people: said } = words;

const columns: readonly Column<PersonRow>[] = [
  { name: said.name, isHeader: true, of: (person) => <PersonName person={person} note={person.jobTitle} /> },
  { name: said.email, of: ({ email, userPrincipalName }) => email ?? userPrincipalName },
  { name: said.department, of: ({ department }) => department },
  { name: said.source, of: ({ source }) => said.sources[source] },
  { name: said.state, of: (person) => <PersonState person={person} /> },
];

/** A page of the people whom the filters let through, and how many there are. */
export function PeopleList({ asked }: { readonly asked: PeopleFilters }) {
  const query = useQuery({
    queryKey: ['people', 'list', asked],
    queryFn: ({ signal }) => answerOf(api.GET('/api/people', { params: { query: asked }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query}>
      {({ items, next, total }) => (
        <>
          <p className="faint" role="status">
            {said.found(total)}
          </p>
          <DataTable
            label={said.title}
            columns={columns}
            rows={items}
            keyOf={({ learnerId }) => learnerId}
            empty={asked.q === undefined ? said.none : <NobodyFound text={asked.q} />}
          />
          <Pager next={next} />
        </>
      )}
    </Loaded>
  );
}

function NobodyFound({ text }: { readonly text: string }) {
  return (
    <>
      <p>{said.noneFound(text)}</p>
      <p>
        <PageLink to={`/explain?person=${encodeURIComponent(text)}`}>{said.askWhy}</PageLink>
      </p>
    </>
  );
}
