import { Avatar } from '../parts/avatar.tsx';
import { Badge } from '../parts/badge.tsx';
import { Moment } from '../parts/moment.tsx';
import { words } from '../words/words.ts';
import type { Person } from './person.ts';

const { person: said, people } = words;

/** Who they are, and whether they are active, with the reason where they aren't. */
export function PersonHeader({ person }: { readonly person: Person }) {
  const { learnerId, name, photo, active, email, fields, isKeptAsLastOwner } = person;
  const jobTitle = fields.find(({ field }) => field === 'jobTitle')?.value;
  return (
    <section className="card person-header" aria-label={name}>
      <Avatar learnerId={learnerId} name={name} hasPhoto={photo !== null} isLarge />
      <div>
        <p>
          <Badge tone={active ? 'good' : 'calm'}>{active ? people.active : people.deactivated}</Badge>{' '}
          <Removal person={person} />
        </p>
        {jobTitle && <p>{jobTitle}</p>}
        {email !== null && <p className="faint">{email}</p>}
        {isKeptAsLastOwner && <p className="notice warn">{said.keptAsOwner}</p>}
      </div>
    </section>
  );
}

function Removal({ person: { removal } }: { readonly person: Person }) {
  if (removal === null) return null;
  return (
    <>
      {removal.cause}{' '}
      {removal.at !== null && (
        <span className="faint">
          ({said.since} <Moment at={removal.at} />)
        </span>
      )}
    </>
  );
}
