import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { Pager } from '../parts/pager.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { ConflictCard } from './conflict-card.tsx';

const EVERY_MS = 10_000;
const AT_ONCE = 20;

const { conflicts: said } = words;

/** Everybody who has to be told apart, longest waiting first. */
export function Conflicts() {
  const asked = useFilters([]);
  const query = useQuery({
    queryKey: ['conflicts', asked],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/conflicts', { params: { query: { ...asked, limit: AT_ONCE } }, signal })),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  });
  return (
    <section className="stack" aria-labelledby="conflicts-heading">
      <h2 id="conflicts-heading">{said.people}</h2>
      <p className="faint">{said.peopleAbout}</p>
      <Loaded query={query}>
        {({ conflicts, total, next }) => (
          <>
            <p role="status">{total === 0 ? said.none : said.waiting(total)}</p>
            {conflicts.map((conflict) => (
              <ConflictCard key={conflict.personId} conflict={conflict} />
            ))}
            <Pager next={next} />
          </>
        )}
      </Loaded>
    </section>
  );
}
