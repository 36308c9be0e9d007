import { Badge } from '../parts/badge.tsx';
import { words } from '../words/words.ts';
import type { PersonRow } from './people.ts';

const { people: said } = words;

/** Whether somebody is active, and how far their invitation is. */
export function PersonState({ person: { active, invitation } }: { readonly person: PersonRow }) {
  return (
    <>
      <Badge tone={active ? 'good' : 'calm'}>{active ? said.active : said.deactivated}</Badge>
      {invitation !== null && <span className="note">{said.invitation(said.invitations[invitation])}</span>}
    </>
  );
}
