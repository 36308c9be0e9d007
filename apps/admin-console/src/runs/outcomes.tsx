import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client.ts';
import type { paths } from '../api/openapi.d.ts';
import { Changes } from '../parts/changes.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { type Filter, Filters } from '../parts/filters.tsx';
import { Pager } from '../parts/pager.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { Loaded } from '../states/loaded.tsx';
import type { Run } from '../sync/run.ts';
import { words } from '../words/words.ts';

type Answer = paths['/api/sync-runs/{id}/outcomes']['get']['responses']['200']['content']['application/json'];
type Outcome = Answer['items'][number];
type OutcomeFilters = Omit<NonNullable<paths['/api/sync-runs/{id}/outcomes']['get']['parameters']['query']>, 'limit'>;

const AT_ONCE = 100;
const RUNNING_MS = 5_000;

const { detail } = words.runs;

const filters: readonly Filter[] = [
  {
    name: 'outcome',
    label: detail.outcome,
    type: 'select',
    choices: { '': detail.anyOutcome, ...detail.outcomeNames },
  },
];

const columns: readonly Column<Outcome>[] = [
  {
    name: detail.person,
    isHeader: true,
    of: ({ learnerId, name }) => (learnerId === null ? name : <Link to={`/people/${learnerId}`}>{name}</Link>),
  },
  { name: detail.outcome, of: ({ outcome }) => detail.outcomeNames[outcome] ?? outcome },
  {
    name: detail.changes,
    of: ({ changes, reason }) => (
      <>
        {reason !== null && <span className="note">{reason}</span>}
        <Changes changes={changes} />
      </>
    ),
  },
];

/** What a run did to each person; of a preview, what a full run would do. */
export function Outcomes({ run: { id, state } }: { readonly run: Run }) {
  const asked = useFilters(['outcome']) as OutcomeFilters;
  const query = useQuery({
    // At its end there are more of them, and what they say is final.
    queryKey: ['sync-runs', 'outcomes', id, state, asked],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/sync-runs/{id}/outcomes', {
          params: { path: { id }, query: { ...asked, limit: AT_ONCE } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: state === 'running' ? RUNNING_MS : false,
  });
  return (
    <section className="card" aria-labelledby="outcomes-heading">
      <h2 id="outcomes-heading">{detail.outcomes}</h2>
      <Filters filters={filters} />
      <Loaded query={query}>
        {({ items, next }) => (
          <>
            <DataTable
              label={detail.outcomes}
              columns={columns}
              rows={items}
              keyOf={({ personId }) => personId}
              empty={detail.none}
            />
            <Pager next={next} />
          </>
        )}
      </Loaded>
    </section>
  );
}
