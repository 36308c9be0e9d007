import { useInfiniteQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { ShowMore } from '../parts/show-more.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import type { Rename } from './conflicts.ts';
import { RenameButtons } from './rename-buttons.tsx';

const AT_ONCE = 20;

const { conflicts: said } = words;

const columns: readonly Column<Rename>[] = [
  { name: said.from, isHeader: true, of: ({ from }) => from.name },
  { name: said.to, of: ({ to }) => to.name },
  { name: said.moved, of: ({ moved, of }) => said.movedOf(moved, of) },
  { name: said.since, of: ({ offeredAt }) => <Moment at={offeredAt} /> },
  { name: said.answer, of: (rename) => <RenameButtons rename={rename} /> },
];

/** Departments that seem to have been renamed. */
export function Renames() {
  const query = useInfiniteQuery({
    queryKey: ['department-renames'],
    queryFn: ({ pageParam: cursor, signal }) => {
      const asked = { limit: AT_ONCE, ...(cursor === null ? {} : { cursor }) };
      return answerOf(api.GET('/api/department-renames', { params: { query: asked }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <section className="card" aria-labelledby="renames-heading">
      <h2 id="renames-heading">{said.renames}</h2>
      <p className="faint">{said.renamesAbout}</p>
      <Loaded query={query}>
        {({ pages }) => (
          <>
            <DataTable
              label={said.renames}
              columns={columns}
              rows={pages.flatMap(({ renames }) => renames)}
              keyOf={({ from, to }) => `${from.id} ${to.id}`}
              empty={said.noRenames}
            />
            <ShowMore query={query} name={said.more} />
          </>
        )}
      </Loaded>
    </section>
  );
}
