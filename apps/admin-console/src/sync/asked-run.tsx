import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answerOf, api } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { PageLink } from '../parts/page-link.tsx';
import { sentenceOf } from '../words/problem-words.ts';
import { words } from '../words/words.ts';
import type { Run } from './run.ts';

const EVERY_MS = 1_500;

/** What comes of a request for a run: that it waits, how it goes, and what it did. */
export function AskedRun({ requestId }: { readonly requestId: string }) {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['asked-run', requestId],
    queryFn: ({ signal }) => findRun(requestId, signal),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : EVERY_MS),
    staleTime: ({ state }) => (isOver(state.data) ? Infinity : 0),
  });
  const over = isOver(query.data);
  useEffect(() => {
    // Whatever is shown may be something else by now.
    if (over) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'asked-run' });
  }, [over, queries]);
  return (
    <div className="asked-run" role="status">
      {query.error ? <p className="notice bad">{sentenceOf(query.error)}</p> : <Told run={query.data ?? null} />}
    </div>
  );
}

function Told({ run }: { readonly run: Run | null }) {
  if (run === null) return <p>{words.sync.notYet}</p>;
  const { id, summary, problem } = run;
  return (
    <>
      <p>
        {summary} <PageLink to={`/runs/${id}`}>{words.sync.openRun}</PageLink>
      </p>
      {problem !== null && <p className="notice bad">{problem}</p>}
    </>
  );
}

const isOver = (run: Run | null | undefined) => run !== null && run !== undefined && run.state !== 'running';

/** The run that serves a request; null as long as none has taken it up. */
async function findRun(id: string, signal: AbortSignal): Promise<Run | null> {
  try {
    return await answerOf(api.GET('/api/sync-runs/{id}', { params: { path: { id } }, signal }));
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}
