import { useState } from 'react';
import { Link } from 'react-router';
import { DataTable } from '../parts/data-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { Pager } from '../parts/pager.tsx';
import { useSelection } from '../parts/use-selection.tsx';
import { sentence } from '../words/sentence.ts';
import { words } from '../words/words.ts';
import type { Held, HeldChange } from './held.ts';
import { VerdictButtons } from './verdict-buttons.tsx';

const columns = [
  {
    name: words.held.person,
    isHeader: true,
    of: ({ name, userPrincipalName }: HeldChange) => (
      <>
        <Link to={`/explain?person=${encodeURIComponent(userPrincipalName)}`}>{name}</Link>
        <span className="note">{userPrincipalName}</span>
      </>
    ),
  },
  { name: words.held.would, of: ({ direction }: HeldChange) => words.held.directions[direction] },
  { name: words.held.because, of: ({ because }: HeldChange) => because },
  { name: words.held.since, of: ({ heldSince }: HeldChange) => <Moment at={heldSince} /> },
];

/** The held people, a page of them, with what can be answered. */
export function HeldChanges({ held }: { readonly held: Held }) {
  // "All" means those who were held when this page was first shown: nobody is approved unseen.
  const [shownAt] = useState(() => new Date().toISOString());
  const selection = useSelection(
    held.changes,
    ({ personId }) => personId,
    ({ name }) => words.held.select(name),
  );
  return (
    <section className="card" aria-label={words.held.title}>
      <p className="notice warn">
        {sentence(held.reason)} {words.held.nothingHappens}
      </p>
      <p className="faint">
        {words.held.since} <Moment at={held.openedAt} />. {words.held.checkedAgain}
      </p>
      <DataTable
        label={words.held.title}
        columns={columns}
        rows={held.changes}
        keyOf={({ personId }) => personId}
        lead={{ head: selection.all(words.held.selectAll), of: selection.one }}
        empty={words.held.none}
      />
      <Pager next={held.next} />
      <VerdictButtons selected={selection.selected} total={held.total} shownAt={shownAt} onGiven={selection.clear} />
    </section>
  );
}
