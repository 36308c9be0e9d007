import { useNow } from '../parts/use-now.ts';
import type { Run } from '../sync/run.ts';
import { durationWords } from '../words/times.ts';

const EVERY_MS = 1_000;

/** How long a run took, or has been taking. */
export function Took({ run: { startedAt, finishedAt } }: { readonly run: Run }) {
  const now = useNow(EVERY_MS);
  const end = finishedAt === null ? now : Date.parse(finishedAt);
  return <>{durationWords((end - Date.parse(startedAt)) / 1_000)}</>;
}
