import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { Page } from '../layout/page.tsx';
import { Loaded } from '../states/loaded.tsx';
import { SyncCard } from '../sync/sync-card.tsx';
import { words } from '../words/words.ts';
import { Freshness } from './freshness.tsx';
import { Health } from './health.tsx';
import { NextTimes } from './next-times.tsx';
import { Tiles } from './tiles.tsx';

const EVERY_MS = 10_000;

/** How the organisation is doing, at a glance, and what to do next. */
export function OverviewPage() {
  const query = useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/overview', { signal })),
    refetchInterval: EVERY_MS,
  });
  return (
    <Page title={words.overview.title}>
      <Loaded query={query}>
        {(overview) => (
          <>
            <Health overview={overview} />
            <SyncCard />
            <Tiles tiles={overview.tiles} />
            <div className="columns">
              <NextTimes overview={overview} />
              <Freshness freshness={overview.freshness} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}
