import { entra } from '../explain/entra.ts';
import { RemedyLinks } from '../explain/remedy-links.tsx';
import type { RemedyLink } from '../explain/remedy-of.ts';
import { useGroupId } from '../explain/use-group-id.ts';
import { PageLink } from '../parts/page-link.tsx';
import { sentence } from '../words/sentence.ts';
import { words } from '../words/words.ts';
import type { SkippedGroup } from './skipped.ts';

const { skipped: said, common } = words;

/** The reasons, with the first people of each. */
export function SkippedGroups({ groups }: { readonly groups: readonly SkippedGroup[] }) {
  if (groups.length === 0) return <p className="notice good">{said.noneSkipped}</p>;
  return groups.map((group) => <Group key={group.code} group={group} />);
}

function Group({ group: { code, reason, people, first, repair } }: { readonly group: SkippedGroup }) {
  const groupId = useGroupId();
  const heading = `skipped-${code}`;
  return (
    <section className="card" aria-labelledby={heading}>
      <h2 id={heading}>
        {common.people(people)}: {reason}
      </h2>
      <h3>{said.repair}</h3>
      <p>{sentence(repair)}</p>
      <RemedyLinks links={linksOf(code, groupId)} />
      <h3>{said.first}</h3>
      <ul>
        {first.map((name) => (
          <li key={name}>
            <PageLink to={`/explain?person=${encodeURIComponent(name)}`}>{name}</PageLink>
          </li>
        ))}
      </ul>
      {people > first.length && <p className="faint">{said.more(people - first.length)}</p>}
    </section>
  );
}

/** Where it is put right. */
function linksOf(code: SkippedGroup['code'], groupId: string | null): readonly RemedyLink[] {
  const { links } = said;
  const places: Readonly<Record<SkippedGroup['code'], readonly RemedyLink[]>> = {
    disabled: [{ name: links.users, to: entra.users }],
    'switched-off': [{ name: links.settings, to: '/settings' }],
    'not-found': groupId === null ? [] : [{ name: links.group, to: entra.groupMembers(groupId) }],
    unreadable: [{ name: links.microsoft, to: '/microsoft' }],
    erased: [],
  };
  return places[code];
}
