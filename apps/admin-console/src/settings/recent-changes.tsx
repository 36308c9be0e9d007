import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import type { paths } from '../api/openapi.d.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { SettingChanges } from './setting-changes.tsx';

type Answer = paths['/api/settings/changes']['get']['responses']['200']['content']['application/json'];
type Change = Answer['changes'][number];

const { changes: said } = words.settings;

const columns: readonly Column<Change>[] = [
  { name: said.when, isHeader: true, of: ({ at }) => <Moment at={at} /> },
  { name: said.who, of: ({ who }) => who },
  {
    name: said.what,
    of: ({ action, changes }) => (
      <>
        {words.audit.actions[action] ?? action}
        <SettingChanges changes={changes} />
      </>
    ),
  },
];

/** Who changed what, the newest first. */
export function RecentChanges() {
  const query = useQuery({
    queryKey: ['settings', 'changes'],
    queryFn: async ({ signal }) => (await answerOf(api.GET('/api/settings/changes', { signal }))).changes,
  });
  return (
    <section className="card" aria-labelledby="changes-heading">
      <h2 id="changes-heading">{said.title}</h2>
      <Loaded query={query}>
        {(changes) => (
          <DataTable
            label={said.title}
            columns={columns}
            rows={changes}
            keyOf={({ sequence }) => String(sequence)}
            empty={said.none}
          />
        )}
      </Loaded>
      <p>
        <PageLink to="/audit">{said.all}</PageLink>
      </p>
    </section>
  );
}
