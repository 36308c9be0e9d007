import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client.ts';
import type { paths } from '../api/openapi.d.ts';
import { Page } from '../layout/page.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { ExportLinks } from '../parts/export-links.tsx';
import { type Filter, Filters } from '../parts/filters.tsx';
import { Pager } from '../parts/pager.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { logColumns } from './log-columns.tsx';

const AT_ONCE = 50;
const { log: said } = words;

const filters: readonly Filter[] = [
  { name: 'person', label: said.personFilter, type: 'search' },
  { name: 'field', label: said.field, type: 'search' },
  { name: 'action', label: said.action, type: 'select', choices: { '': said.anyAction, ...said.actions } },
  { name: 'reason', label: said.reason, type: 'select', choices: { '': said.anyReason, ...said.reasons } },
  { name: 'run', label: said.runFilter, type: 'search' },
  { name: 'from', label: said.from, type: 'date' },
  { name: 'to', label: said.to, type: 'date' },
];

// The address may name anything; what the list doesn't know the API refuses, in words.
type LogFilters = NonNullable<paths['/api/provisioning-log']['get']['parameters']['query']>;

/** What provisioning changed, filtered by the address, which may also name one learner. */
export function LogPage() {
  const asked = useFilters(['learner', 'person', 'field', 'action', 'reason', 'run', 'from', 'to']);
  const query = useQuery({
    queryKey: ['provisioning-log', asked],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/provisioning-log', { params: { query: { ...(asked as LogFilters), limit: AT_ONCE } }, signal }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={said.title} about={said.about}>
      {asked.learner !== undefined && (
        <p className="notice">
          {said.ofOne} <Link to="/log">{words.common.clearFilters}</Link>
        </p>
      )}
      <Filters filters={filters} />
      <Loaded query={query}>
        {({ items, next }) => (
          <>
            <DataTable
              label={said.title}
              columns={logColumns}
              rows={items}
              keyOf={({ at, learnerId, action, runId }) => `${at} ${learnerId} ${action} ${runId}`}
              empty={said.none}
            />
            <Pager next={next} />
            <ExportLinks path="/api/provisioning-log/export" filters={asked} json="json" />
          </>
        )}
      </Loaded>
    </Page>
  );
}
