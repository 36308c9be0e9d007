import { OutsideLink } from '../parts/outside-link.tsx';
import { PageLink } from '../parts/page-link.tsx';
import type { RemedyLink } from './remedy-of.ts';

/** Where something can be put right, here or at Microsoft. */
export function RemedyLinks({ links }: { readonly links: readonly RemedyLink[] }) {
  if (links.length === 0) return null;
  return (
    <ul className="links">
      {links.map(({ name, to }) => (
        <li key={to}>
          {to.startsWith('/') ? <PageLink to={to}>{name}</PageLink> : <OutsideLink href={to}>{name}</OutsideLink>}
        </li>
      ))}
    </ul>
  );
}
