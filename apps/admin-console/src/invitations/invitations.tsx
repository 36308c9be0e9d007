import { type Column, DataTable } from '../parts/data-table.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Pager } from '../parts/pager.tsx';
import { useSelection } from '../parts/use-selection.tsx';
import { numberWords } from '../words/times.ts';
import { words } from '../words/words.ts';
import type { Invitation, InvitationList } from './invitation.ts';
import { ResendButton } from './resend-button.tsx';
import { SendButtons } from './send-buttons.tsx';

const { invitations: said } = words;

const columns: readonly Column<Invitation>[] = [
  {
    name: said.person,
    isHeader: true,
    of: ({ learnerId, name, address }) => (
      <>
        <PageLink to={`/people/${learnerId}`}>{name}</PageLink>
        {address !== null && <span className="note">{address}</span>}
      </>
    ),
  },
  {
    name: said.state,
    of: ({ stateInWords, reason }) => (
      <>
        {stateInWords}
        {reason !== null && <span className="note">{reason}</span>}
      </>
    ),
  },
  { name: said.do, of: (invitation) => <ResendButton invitation={invitation} /> },
];

/** A page of them; what is held can be ticked. */
export function Invitations({ list: { invitations, next, held, total } }: { readonly list: InvitationList }) {
  const selection = useSelection(
    invitations.filter(({ state }) => state === 'held'),
    ({ learnerId }) => learnerId,
    ({ name }) => said.select(name),
  );
  const tick = (invitation: Invitation) => (invitation.state === 'held' ? selection.one(invitation) : null);
  return (
    <section className="card" aria-label={said.list}>
      <dl className="counts">
        <Count name={said.held} count={held} />
        <Count name={said.total} count={total} />
      </dl>
      <SendButtons selected={selection.selected} held={held} onSent={selection.clear} />
      <DataTable
        label={said.list}
        columns={columns}
        rows={invitations}
        keyOf={({ learnerId }) => learnerId}
        lead={{ head: selection.all(said.selectAll), of: tick }}
        empty={said.none}
      />
      <Pager next={next} />
    </section>
  );
}

const Count = ({ name, count }: { readonly name: string; readonly count: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>{numberWords(count)}</dd>
  </div>
);
