import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import type { paths } from '../api/openapi.d.ts';
import { Page } from '../layout/page.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { ExportLinks } from '../parts/export-links.tsx';
import { type Filter, Filters } from '../parts/filters.tsx';
import { Moment } from '../parts/moment.tsx';
import { Pager } from '../parts/pager.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { SettingChanges } from '../settings/setting-changes.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';

type Answer = paths['/api/audit-log']['get']['responses']['200']['content']['application/json'];
type Entry = Answer['items'][number];

const AT_ONCE = 50;
const { audit: said } = words;

const filters: readonly Filter[] = [
  { name: 'action', label: said.action, type: 'select', choices: { '': said.anyAction, ...said.actions } },
  { name: 'from', label: said.from, type: 'date' },
  { name: 'to', label: said.to, type: 'date' },
];

const columns: readonly Column<Entry>[] = [
  {
    name: said.number,
    isHeader: true,
    of: ({ sequence, hash }) => <span title={said.hash(hash)}>{sequence}</span>,
  },
  { name: said.when, of: ({ at }) => <Moment at={at} /> },
  { name: said.who, of: ({ who }) => who },
  {
    name: said.what,
    of: ({ action, changes }) => (
      <>
        {said.actions[action] ?? action}
        <SettingChanges changes={changes} />
      </>
    ),
  },
];

/** Who did what to the organisation, filtered by the address. */
export function AuditPage() {
  const asked = useFilters(['action', 'from', 'to']);
  const query = useQuery({
    queryKey: ['audit-log', asked],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/audit-log', { params: { query: { ...asked, limit: AT_ONCE } }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={said.title} about={said.about}>
      <Filters filters={filters} />
      <Loaded query={query}>
        {({ items, next }) => (
          <>
            <DataTable
              label={said.title}
              columns={columns}
              rows={items}
              keyOf={({ sequence }) => String(sequence)}
              empty={said.none}
            />
            <Pager next={next} />
            <ExportLinks path="/api/audit-log/export" filters={asked} json="jsonl" />
          </>
        )}
      </Loaded>
    </Page>
  );
}
