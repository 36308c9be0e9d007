import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { entra } from '../explain/entra.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { OutsideLink } from '../parts/outside-link.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Pager } from '../parts/pager.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import type { ManagerProblem, ProblemKind } from './managers.ts';

const AT_ONCE = 100;

const { managers: said } = words;

const columns: readonly Column<ManagerProblem>[] = [
  {
    name: said.person,
    isHeader: true,
    of: ({ learnerId, name }) => <PageLink to={`/people/${learnerId}`}>{name}</PageLink>,
  },
  { name: said.manager, of: ({ manager }) => <Manager manager={manager} /> },
  {
    name: said.inEntra,
    of: ({ manager: { personId } }) => <OutsideLink href={entra.user(personId)}>{personId}</OutsideLink>,
  },
];

/** Who somebody's manager is: a learner, or anybody at Microsoft, who can be asked about. */
function Manager({ manager: { learnerId, personId, name } }: Pick<ManagerProblem, 'manager'>) {
  const to = learnerId === null ? `/explain?person=${encodeURIComponent(personId)}` : `/people/${learnerId}`;
  return <PageLink to={to}>{name ?? said.unnamed}</PageLink>;
}

/** The people whose manager stands like that, and what to do about it. */
export function ManagerProblems({ kind }: { readonly kind: ProblemKind }) {
  const { cursor } = useFilters([]);
  const query = useQuery({
    queryKey: ['managers', 'problems', kind, cursor ?? ''],
    queryFn: ({ signal }) => {
      const asked = { kind, limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) };
      return answerOf(api.GET('/api/managers/problems', { params: { query: asked }, signal }));
    },
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query}>
      {({ items, next }) => (
        <section className="card" aria-labelledby="problems-heading">
          <h2 id="problems-heading">{said.kinds[kind]}</h2>
          <p className="faint">{said.hints[kind]}</p>
          <DataTable
            label={said.kinds[kind]}
            columns={columns}
            rows={items}
            keyOf={({ learnerId }) => learnerId}
            empty={said.none}
          />
          <Pager next={next} />
        </section>
      )}
    </Loaded>
  );
}
