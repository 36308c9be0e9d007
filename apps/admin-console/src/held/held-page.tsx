import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { Page } from '../layout/page.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { HeldChanges } from './held-changes.tsx';

const EVERY_MS = 10_000;
/** As many as one answer may name. */
const AT_ONCE = 100;

/** Who would go or come, and why: to allow, to reject, or to allow some of. */
export function HeldPage() {
  const { cursor } = useFilters([]);
  const query = useQuery({
    queryKey: ['held-changes', cursor ?? ''],
    queryFn: async ({ signal }) => {
      const asked = { query: { limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) } };
      return (await answerOf(api.GET('/api/held-changes', { params: asked, signal }))).held;
    },
    refetchInterval: EVERY_MS,
  });
  return (
    <Page title={words.held.title}>
      <Loaded query={query}>
        {(held) =>
          held === null ? (
            <section className="card empty">
              <p>{words.held.none}</p>
              <p className="faint">{words.held.noneHint}</p>
            </section>
          ) : (
            // Another page, and a set that somebody answered meanwhile, begin without a tick.
            <HeldChanges key={`${cursor ?? ''} ${held.openedAt}`} held={held} />
          )
        }
      </Loaded>
    </Page>
  );
}
