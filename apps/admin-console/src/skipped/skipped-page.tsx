import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { Page } from '../layout/page.tsx';
import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Loaded } from '../states/loaded.tsx';
import { AskRun } from '../sync/ask-run.tsx';
import { words } from '../words/words.ts';
import { SkippedGroups } from './skipped-groups.tsx';
import type { Skipped } from './skipped.ts';
import { UnreadableFields } from './unreadable-fields.tsx';

const { skipped: said, sync } = words;

/** Who was left as they are, by reason, with what to do about it. */
export function SkippedPage() {
  const query = useQuery({
    queryKey: ['skipped'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/skipped', { signal })),
  });
  return (
    <Page title={said.title} about={said.about}>
      <Loaded query={query}>
        {(skipped) => (
          <>
            <Again run={skipped.run} />
            {skipped.run !== null && <SkippedGroups groups={skipped.groups} />}
            {skipped.unreadable.length > 0 && <UnreadableFields fields={skipped.unreadable} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Again({ run }: Pick<Skipped, 'run'>) {
  return (
    <section className="card" aria-label={said.again}>
      {run === null ? (
        <p>{said.noRun}</p>
      ) : (
        <p>
          {said.asOf} <Moment at={run.at} />. <PageLink to={`/runs/${run.id}`}>{said.openRun}</PageLink>
        </p>
      )}
      <p className="faint">{said.againAbout}</p>
      <div className="actions">
        <AskRun
          name={said.again}
          said={sync.requested.full}
          ask={() => answerOf(api.POST('/api/sync-runs', { body: { mode: 'full' } }))}
        />
      </div>
    </section>
  );
}
