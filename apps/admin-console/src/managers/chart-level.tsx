import { useInfiniteQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { ShowMore } from '../parts/show-more.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { ChartPerson } from './chart-person.tsx';

const AT_ONCE = 100;

interface ChartLevelProps {
  /** Whose reports; without it those who are at the top. */
  readonly of?: string;
  readonly label: string;
  readonly empty: string;
}

/** One level of the chart, read when it is opened. */
export function ChartLevel({ of, label, empty }: ChartLevelProps) {
  const query = useInfiniteQuery({
    queryKey: ['managers', 'reports', of ?? ''],
    queryFn: ({ pageParam: cursor, signal }) => {
      const asked = { limit: AT_ONCE, ...(of === undefined ? {} : { of }), ...(cursor === null ? {} : { cursor }) };
      return answerOf(api.GET('/api/managers/reports', { params: { query: asked }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const people = pages.flatMap(({ items }) => items);
        if (people.length === 0) return <p className="faint">{empty}</p>;
        return (
          <>
            <ul className="chart-level" aria-label={label}>
              {people.map((person) => (
                <ChartPerson key={person.learnerId} person={person} />
              ))}
            </ul>
            <ShowMore query={query} name={words.managers.more} />
          </>
        );
      }}
    </Loaded>
  );
}
