import type { ReactNode } from 'react';
import { entra } from '../explain/entra.ts';
import { type Fact, Facts } from '../parts/facts.tsx';
import { Moment } from '../parts/moment.tsx';
import { OutsideLink } from '../parts/outside-link.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { words } from '../words/words.ts';
import type { Person } from './person.ts';

const { person: page, common, people } = words;
const { around: said } = page;

/** What stands around somebody: role, manager, reports, teams, photo, and their account at Microsoft. */
export function PersonAround({ person }: { readonly person: Person }) {
  const { role, source, team, photo, joinedAt, createdAt, personId, userPrincipalName, formerLinks } = person;
  const facts: readonly Fact[] = [
    [said.role, role],
    [said.manager, <Manager key="manager" person={person} />],
    [said.reports, <Reports key="reports" person={person} />],
    [said.team, team === null ? common.nothing : <TeamLink key="team" team={team} />],
    ...(person.teams.length > 0 ? [[said.teams, <Teams key="teams" teams={person.teams} />] as const] : []),
    [said.photo, photo === null ? said.noPhoto : said.photos[photo]],
    [said.source, people.sources[source]],
    [said.joined, joinedAt === null ? common.never : <Moment key="joined" at={joinedAt} />],
    [said.created, <Moment key="created" at={createdAt} />],
    [said.upn, userPrincipalName ?? common.nothing],
    [said.objectId, personId === null ? common.nothing : <Account key="account" personId={personId} />],
    ...(formerLinks.length > 0 ? [[said.formerLinks, <Former key="former" links={formerLinks} />] as const] : []),
  ];
  return (
    <section className="card" aria-labelledby="around-heading">
      <h2 id="around-heading">{said.title}</h2>
      <Facts facts={facts} />
    </section>
  );
}

const Account = ({ personId }: { readonly personId: string }) => (
  <OutsideLink href={entra.user(personId)}>{personId}</OutsideLink>
);

function Manager({ person: { manager } }: { readonly person: Person }): ReactNode {
  if (manager === null) return common.nobody;
  const { learnerId, personId, name, active } = manager;
  if (learnerId === null) {
    return (
      <>
        <Account personId={personId} /> {said.notLinked}
      </>
    );
  }
  return (
    <>
      <PageLink to={`/people/${learnerId}`}>{name ?? personId}</PageLink> {active === false && `(${said.notActive})`}
    </>
  );
}

function Reports({ person: { learnerId, reports } }: { readonly person: Person }): ReactNode {
  if (reports === 0) return common.nobody;
  return <PageLink to={`/managers?of=${encodeURIComponent(learnerId)}`}>{said.reportsCount(reports)}</PageLink>;
}

const TeamLink = ({ team: { id, name } }: { readonly team: { readonly id: string; readonly name: string } }) => (
  <PageLink to={`/teams?team=${encodeURIComponent(id)}`}>{name}</PageLink>
);

function Teams({ teams }: { readonly teams: Person['teams'] }) {
  return (
    <ul className="bare">
      {teams.map(({ id, name, origin }) => (
        <li key={`${id} ${origin}`}>
          <TeamLink team={{ id, name }} /> {origin === 'manual' && `(${said.byHand})`}
        </li>
      ))}
    </ul>
  );
}

function Former({ links }: { readonly links: Person['formerLinks'] }) {
  return (
    <ul className="bare">
      {links.map(({ userPrincipalName, ended }) => (
        <li key={userPrincipalName}>
          {userPrincipalName} ({said.endings[ended]})
        </li>
      ))}
    </ul>
  );
}
