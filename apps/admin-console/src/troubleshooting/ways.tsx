import { PageLink } from '../parts/page-link.tsx';

/** Pages on which the answer may be. */
export function Ways({ to }: { readonly to: readonly (readonly [path: string, name: string])[] }) {
  return (
    <ul className="links">
      {to.map(([path, name]) => (
        <li key={path}>
          <PageLink to={path}>{name}</PageLink>
        </li>
      ))}
    </ul>
  );
}
