import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { FindSignIn } from './find-sign-in.tsx';
import { refusalWords } from './refusal-words.ts';
import type { TraceSummary } from './trace.ts';

const EVERY_MS = 15_000;
const { latest: said, trace } = words.signIn;

const when: Column<TraceSummary> = { name: said.when, isHeader: true, of: ({ at }) => <Moment at={at} /> };
const reference: Column<TraceSummary> = {
  name: said.reference,
  of: (signIn) => <PageLink to={`/sign-in/${signIn.reference}`}>{signIn.reference}</PageLink>,
};
const why: Column<TraceSummary> = { name: said.why, of: ({ refusal }) => refusalWords(refusal ?? '') };
const who: Column<TraceSummary> = { name: said.who, of: ({ person }) => person ?? trace.somebody };

/** The latest sign-ins; those that were refused come first, because somebody may be waiting outside. */
export function LatestSignIns() {
  const query = useQuery({
    queryKey: ['sign-in-traces'],
    queryFn: async ({ signal }) => (await answerOf(api.GET('/api/sign-in-traces', { signal }))).signIns,
    refetchInterval: EVERY_MS,
  });
  return (
    <section className="card" aria-labelledby="refused-heading">
      <h2 id="refused-heading">{said.refusedTitle}</h2>
      <p className="faint">{said.about}</p>
      <FindSignIn />
      <Loaded query={query}>
        {(signIns) => (
          <>
            <List
              title={said.refusedTitle}
              columns={[when, why, reference]}
              signIns={signIns.filter(({ refusal }) => refusal !== null)}
              empty={said.noneRefused}
            />
            <h2>{said.title}</h2>
            <List
              title={said.title}
              columns={[when, who, reference]}
              signIns={signIns.filter(({ refusal }) => refusal === null)}
              empty={said.none}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}

interface ListProps {
  readonly title: string;
  readonly columns: readonly Column<TraceSummary>[];
  readonly signIns: readonly TraceSummary[];
  readonly empty: string;
}

const List = ({ title, columns, signIns, empty }: ListProps) => (
  <DataTable label={title} columns={columns} rows={signIns} keyOf={(signIn) => signIn.reference} empty={empty} />
);
