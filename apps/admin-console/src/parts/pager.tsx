import { Link, useSearchParams } from 'react-router';
import { words } from '../words/words.ts';

/** From a page of a list to the next one. The place is in the address, so that it can be passed on, and Back goes back. */
export function Pager({ next }: { readonly next: string | null }) {
  const [query] = useSearchParams();
  const isFirst = !query.has('cursor');
  if (isFirst && next === null) return null;
  return (
    <nav className="pager" aria-label={words.common.next}>
      {!isFirst && <Link to={`?${withCursor(query, null)}`}>{words.common.first}</Link>}
      {next !== null && <Link to={`?${withCursor(query, next)}`}>{words.common.next}</Link>}
    </nav>
  );
}

function withCursor(query: URLSearchParams, cursor: string | null): string {
  const changed = new URLSearchParams(query);
  if (cursor === null) changed.delete('cursor');
  else changed.set('cursor', cursor);
  return changed.toString();
}
