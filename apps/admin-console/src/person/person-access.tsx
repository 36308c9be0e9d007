import { Badge } from '../parts/badge.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { words } from '../words/words.ts';
import type { Person } from './person.ts';

type SignIn = Person['signIns'][number];

const { access: said } = words.person;

const columns: readonly Column<SignIn>[] = [
  {
    name: said.when,
    isHeader: true,
    of: ({ reference, at }) => (
      <PageLink to={`/sign-in/${encodeURIComponent(reference)}`}>
        <Moment at={at} />
      </PageLink>
    ),
  },
  {
    name: said.came,
    of: ({ refusal }) =>
      refusal === null ? (
        <Badge tone="good">{said.succeeded}</Badge>
      ) : (
        <>
          <Badge tone="bad">{said.refused}</Badge> {refusal}
        </>
      ),
  },
];

/** Where somebody is signed in, and how their latest sign-ins went. */
export function PersonAccess({ person: { sessions, signIns } }: { readonly person: Person }) {
  return (
    <section className="card" aria-labelledby="access-heading">
      <h2 id="access-heading">{said.title}</h2>
      <h3>{said.sessions}</h3>
      {sessions.length === 0 ? (
        <p className="faint">{said.noSessions}</p>
      ) : (
        <ul>
          {sessions.map((session) => (
            <li key={`${session.browser} ${session.since}`}>
              {session.browser}, {said.with(session.with)}, {words.person.since} <Moment at={session.since} />
            </li>
          ))}
        </ul>
      )}
      <h3>{said.signIns}</h3>
      <DataTable
        label={said.signIns}
        columns={columns}
        rows={signIns}
        keyOf={({ reference }) => reference}
        empty={said.noSignIns}
      />
    </section>
  );
}
