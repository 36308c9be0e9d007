import { OutsideLink } from '../parts/outside-link.tsx';
import { words } from '../words/words.ts';
import { entra } from './entra.ts';
import type { Explanation } from './explanation.ts';

const { explain: said } = words;

/** By which groups somebody is in, from the organisation's own down to them. */
export function GroupPath({ explanation: { path, name } }: { readonly explanation: Explanation }) {
  return (
    <>
      <h3>{said.path}</h3>
      {path === null ? (
        <p>{said.noPath}</p>
      ) : (
        <ol className="path">
          {path.map((group) => (
            <li key={group.id}>
              <OutsideLink href={entra.groupMembers(group.id)}>{group.name ?? group.id}</OutsideLink>
            </li>
          ))}
          <li>{name}</li>
        </ol>
      )}
    </>
  );
}
