import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { answerOf, api } from '../api/client.ts';
import { Page } from '../layout/page.tsx';
import { Badge, type Tone } from '../parts/badge.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { AboutTrace } from './about-trace.tsx';
import type { Trace } from './trace.ts';

type Check = Trace['checks'][number];

const { trace: said } = words.signIn;

const tones: Readonly<Record<Check['outcome'], Tone>> = { passed: 'good', refused: 'bad', 'not reached': 'calm' };

const columns: readonly Column<Check>[] = [
  { name: said.check, isHeader: true, of: ({ wants }) => wants },
  { name: said.result, of: ({ outcome }) => <Badge tone={tones[outcome]}>{said.results[outcome]}</Badge> },
];

/** One sign-in: its checks in their order, and which one refused. */
export function TracePage() {
  const { reference = '' } = useParams();
  const query = useQuery({
    queryKey: ['sign-in-traces', reference],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/sign-in-traces/{reference}', { params: { path: { reference } }, signal })),
  });
  return (
    <Page title={said.title(reference)}>
      <Loaded query={query}>
        {(trace) => (
          <>
            <AboutTrace trace={trace} />
            <section className="card" aria-labelledby="checks-heading">
              <h2 id="checks-heading">{said.checks}</h2>
              <DataTable
                label={said.checks}
                columns={columns}
                rows={trace.checks}
                keyOf={({ check }) => check}
                empty={null}
              />
            </section>
          </>
        )}
      </Loaded>
      <p>
        <PageLink to="/sign-in">{said.back}</PageLink>
      </p>
    </Page>
  );
}
