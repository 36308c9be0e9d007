import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { RunProgress } from './run-progress.tsx';
import type { Run } from './run.ts';
import { SyncButtons } from './sync-buttons.tsx';
import { useLatestRun } from './use-latest-run.ts';

/** Asking for a sync, and how the latest one goes. */
export function SyncCard() {
  const latest = useLatestRun();
  return (
    <section className="card" aria-labelledby="sync-heading">
      <div className="heading">
        <h2 id="sync-heading">{words.sync.title}</h2>
        <SyncButtons />
      </div>
      <Loaded query={latest}>
        {(run) => (run === null ? <p className="faint">{words.sync.none}</p> : <Latest run={run} />)}
      </Loaded>
    </section>
  );
}

function Latest({ run }: { readonly run: Run }) {
  return (
    <>
      <p className="summary" role="status">
        {run.summary}
      </p>
      {run.state === 'running' && <RunProgress run={run} />}
      {run.problem !== null && <p className="notice bad">{run.problem}</p>}
      <p className="faint">
        {run.trigger}, {words.sync.started} <Moment at={run.startedAt} />
      </p>
      <p>
        <PageLink to={`/runs/${run.id}`}>{words.sync.openRun}</PageLink>
      </p>
    </>
  );
}
