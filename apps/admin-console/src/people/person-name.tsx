import { Avatar } from '../parts/avatar.tsx';
import { PageLink } from '../parts/page-link.tsx';

interface PersonNameProps {
  readonly person: { readonly learnerId: string; readonly name: string; readonly hasPhoto: boolean };
  /** Below the name. */
  readonly note: string | null;
}

/** Somebody in a list: what they look like, and the way to their page. */
export function PersonName({ person: { learnerId, name, hasPhoto }, note }: PersonNameProps) {
  return (
    <span className="person-name">
      <Avatar learnerId={learnerId} name={name} hasPhoto={hasPhoto} />
      <span>
        <PageLink to={`/people/${learnerId}`}>{name}</PageLink>
        {note !== null && <span className="note">{note}</span>}
      </span>
    </span>
  );
}
