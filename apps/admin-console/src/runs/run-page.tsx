import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { answerOf, api } from '../api/client.ts';
import { Page } from '../layout/page.tsx';
import { Moment } from '../parts/moment.tsx';
import { Loaded } from '../states/loaded.tsx';
import { RunCounts } from '../sync/run-counts.tsx';
import { RunProgress } from '../sync/run-progress.tsx';
import type { Run } from '../sync/run.ts';
import { words } from '../words/words.ts';
import { Outcomes } from './outcomes.tsx';
import { RunState } from './run-state.tsx';
import { Took } from './took.tsx';

const RUNNING_MS = 2_000;
const { detail } = words.runs;

/** One run: why, what it did, and to whom. */
export function RunPage() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['sync-runs', 'one', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/sync-runs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? RUNNING_MS : false),
  });
  return (
    <Page title={query.data ? detail.title(words.runs.modes[query.data.mode]) : words.runs.title}>
      <Loaded query={query}>
        {(run) => (
          <>
            <About run={run} />
            <Outcomes run={run} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function About({ run }: { readonly run: Run }) {
  return (
    <section className="card" aria-label={words.runs.did}>
      {run.mode === 'preview' && <p className="notice calm">{detail.previewNote}</p>}
      <p className="summary">
        <RunState state={run.state} /> {run.summary}
      </p>
      {run.state === 'running' && <RunProgress run={run} />}
      <p className="faint">
        {run.trigger}, {words.sync.started} <Moment at={run.startedAt} />, {words.runs.took.toLowerCase()}{' '}
        <Took run={run} />
      </p>
      {run.problem !== null && <p className="notice bad">{run.problem}</p>}
      <RunCounts counts={run.counts} />
      {run.skipped.length > 0 && (
        <List
          name={detail.skipped}
          lines={run.skipped.map(
            ({ reason, people, first }) => `${words.common.people(people)} ${reason}: ${first.join(', ')}`,
          )}
        />
      )}
      {run.managerCycles.length > 0 && (
        <List
          name={detail.cycles}
          lines={run.managerCycles.map((cycle) => [...cycle, ...cycle.slice(0, 1)].join(' → '))}
        />
      )}
    </section>
  );
}

function List({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) {
  return (
    <>
      <h2>{name}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
