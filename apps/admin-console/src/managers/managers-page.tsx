import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client.ts';
import { Page } from '../layout/page.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { Chart } from './chart.tsx';
import { Circles } from './circles.tsx';
import { ManagerHealth } from './manager-health.tsx';
import { ManagerProblems } from './manager-problems.tsx';
import type { ManagerSummary, ProblemKind } from './managers.ts';

const { managers: said } = words;

/** How managers stand, those who can't be followed, and who reports to whom. */
export function ManagersPage() {
  const [query] = useSearchParams();
  const kind = query.get('kind');
  const summary = useQuery({
    queryKey: ['managers', 'summary'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/managers', { signal })),
  });
  return (
    <Page title={said.title} about={said.about}>
      <Loaded query={summary}>
        {(found) => (
          <>
            <ManagerHealth summary={found} kind={kind} />
            <Shown kind={kind} of={query.get('of')} cycles={found.cycles} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface ShownProps extends Pick<ManagerSummary, 'cycles'> {
  readonly kind: string | null;
  readonly of: string | null;
}

function Shown({ kind, of, cycles }: ShownProps) {
  if (kind === null) return <Chart of={of} />;
  if (kind === 'circles') return <Circles cycles={cycles} />;
  // The address may name anything; what the list doesn't know the API refuses, in words.
  return <ManagerProblems key={kind} kind={kind as ProblemKind} />;
}
