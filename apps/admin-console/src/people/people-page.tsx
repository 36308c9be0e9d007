import { Page } from '../layout/page.tsx';
import { type Filter, Filters } from '../parts/filters.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { words } from '../words/words.ts';
import type { PeopleFilters } from './people.ts';
import { PeopleList } from './people-list.tsx';

const { people: said } = words;

// By one letter the API would have to find nearly everybody.
const SHORTEST = 2;

const filters: readonly Filter[] = [
  { name: 'q', label: said.search, type: 'search' },
  { name: 'show', label: said.show, type: 'select', choices: { '': said.everybody, ...said.shows } },
];

/** Everybody, filtered by the address. */
export function PeoplePage() {
  const asked = useFilters(['q', 'show']);
  const isTooShort = asked.q !== undefined && asked.q.trim().length < SHORTEST;
  return (
    <Page title={said.title} about={said.about}>
      <Filters filters={filters} />
      {isTooShort ? (
        <p className="notice warn" role="status">
          {said.tooShort}
        </p>
      ) : (
        // The address may name anything; what the list doesn't know the API refuses, in words.
        <PeopleList asked={asked as PeopleFilters} />
      )}
    </Page>
  );
}
