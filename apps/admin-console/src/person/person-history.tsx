import { useInfiniteQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import type { paths } from '../api/openapi.d.ts';
import { Changes } from '../parts/changes.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { ShowMore } from '../parts/show-more.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';

type Log = paths['/api/provisioning-log']['get']['responses']['200']['content']['application/json'];
type Entry = Log['items'][number];

const AT_ONCE = 20;

const { history: said, actions } = words.person;

const columns: readonly Column<Entry>[] = [
  { name: said.when, isHeader: true, of: ({ at }) => <Moment at={at} /> },
  {
    name: said.what,
    of: ({ action, changes }) => (
      <>
        {actions[action] ?? action}
        <Changes changes={changes} />
      </>
    ),
  },
  {
    name: said.why,
    of: ({ reason, proof, groups }) => (
      <>
        {reason !== null && (said.reasons[reason] ?? reason)}
        {proof !== null && <span className="note">{proof}</span>}
        {groups.length > 0 && <span className="note">{groups.join(' › ')}</span>}
      </>
    ),
  },
  { name: said.run, of: ({ runId }) => <PageLink to={`/runs/${runId}`}>{said.openRun}</PageLink> },
];

/** What was changed of somebody, the newest first. */
export function PersonHistory({ learnerId }: { readonly learnerId: string }) {
  const query = useInfiniteQuery({
    queryKey: ['provisioning-log', 'of', learnerId],
    queryFn: ({ pageParam: cursor, signal }) => {
      const asked = { learner: learnerId, limit: AT_ONCE, ...(cursor === null ? {} : { cursor }) };
      return answerOf(api.GET('/api/provisioning-log', { params: { query: asked }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <section className="card" aria-labelledby="history-heading">
      <h2 id="history-heading">{said.title}</h2>
      <Loaded query={query}>
        {({ pages }) => (
          <>
            <DataTable
              label={said.title}
              columns={columns}
              rows={pages.flatMap(({ items }) => items)}
              keyOf={keyOf}
              empty={said.none}
            />
            <ShowMore query={query} name={said.older} />
          </>
        )}
      </Loaded>
    </section>
  );
}

const keyOf = ({ at, runId, action, changes }: Entry) =>
  [at, runId, action, ...changes.map(({ field }) => field)].join(' ');
