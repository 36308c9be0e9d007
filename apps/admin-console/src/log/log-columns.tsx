import type { paths } from '../api/openapi.d.ts';
import { Changes } from '../parts/changes.tsx';
import type { Column } from '../parts/data-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { words } from '../words/words.ts';

type Answer = paths['/api/provisioning-log']['get']['responses']['200']['content']['application/json'];
type Entry = Answer['items'][number];

const { log: said } = words;

/** An entry: when, who, what became what, and why. */
export const logColumns: readonly Column<Entry>[] = [
  { name: said.when, of: ({ at }) => <Moment at={at} /> },
  {
    name: said.person,
    isHeader: true,
    of: ({ learnerId, person, email }) => (
      <>
        {person === null ? said.gone : <PageLink to={`/people/${learnerId}`}>{person}</PageLink>}
        {email !== null && <span className="note">{email}</span>}
      </>
    ),
  },
  {
    name: said.what,
    of: ({ action, changes }) => (
      <>
        {said.actions[action] ?? action}
        <Changes changes={changes} />
      </>
    ),
  },
  { name: said.why, of: (entry) => <Why entry={entry} /> },
];

function Why({ entry: { reason, proof, groups, runId } }: { readonly entry: Entry }) {
  return (
    <>
      {reason !== null && (said.reasons[reason] ?? reason)}
      {proof !== null && <span className="note">{proof}</span>}
      {groups.length > 0 && <span className="note">{groups.join(' → ')}</span>}
      <PageLink className="note" to={`/runs/${encodeURIComponent(runId)}`}>
        {said.openRun}
      </PageLink>
    </>
  );
}
