import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import type { paths } from '../api/openapi.d.ts';
import { Page } from '../layout/page.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { ExportLinks } from '../parts/export-links.tsx';
import { type Filter, Filters } from '../parts/filters.tsx';
import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Pager } from '../parts/pager.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { Loaded } from '../states/loaded.tsx';
import type { Run } from '../sync/run.ts';
import { words } from '../words/words.ts';
import { RunState } from './run-state.tsx';
import { Took } from './took.tsx';

const { runs: said } = words;

const filters: readonly Filter[] = [
  { name: 'kind', label: said.kind, type: 'select', choices: { '': said.anyKind, ...said.modes } },
  { name: 'outcome', label: said.state, type: 'select', choices: { '': said.anyState, ...said.states } },
  { name: 'from', label: said.from, type: 'date' },
  { name: 'to', label: said.to, type: 'date' },
];

const columns: readonly Column<Run>[] = [
  {
    name: said.kind,
    isHeader: true,
    of: ({ id, mode }) => <PageLink to={`/runs/${id}`}>{said.modes[mode]}</PageLink>,
  },
  { name: said.why, of: ({ trigger }) => trigger },
  { name: said.started, of: ({ startedAt }) => <Moment at={startedAt} /> },
  { name: said.took, of: (run) => <Took run={run} /> },
  {
    name: said.did,
    of: (run) => (
      <>
        <RunState state={run.state} /> {run.summary}
      </>
    ),
  },
];

// The address may name anything; what the list doesn't know the API refuses, in words.
type RunFilters = Omit<NonNullable<paths['/api/sync-runs']['get']['parameters']['query']>, 'limit'>;

const AT_ONCE = 50;

/** Every run, filtered by the address. */
export function RunsPage() {
  const asked = useFilters(['kind', 'outcome', 'from', 'to']) as RunFilters;
  const query = useQuery({
    queryKey: ['sync-runs', 'list', asked],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/sync-runs', { params: { query: { ...asked, limit: AT_ONCE } }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={said.title} about={said.about}>
      <Filters filters={filters} />
      <Loaded query={query}>
        {({ items, next }) => (
          <>
            <DataTable label={said.title} columns={columns} rows={items} keyOf={({ id }) => id} empty={said.none} />
            <Pager next={next} />
            <ExportLinks path="/api/sync-runs/export" filters={asked} json="json" />
          </>
        )}
      </Loaded>
    </Page>
  );
}
