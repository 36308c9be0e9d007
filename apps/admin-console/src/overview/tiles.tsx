import { Link } from 'react-router';
import { numberWords } from '../words/times.ts';
import { words } from '../words/words.ts';
import type { Overview } from './overview.ts';

const places: Readonly<Record<keyof Overview['tiles'], string>> = {
  inGroup: '/people?show=in-group',
  active: '/people?show=active',
  toInvite: '/people?show=to-invite',
  deactivated: '/people?show=deactivated',
  skipped: '/skipped',
  conflicts: '/conflicts',
};

/** Numbers of people; each leads to the people it counts. */
export function Tiles({ tiles }: { readonly tiles: Overview['tiles'] }) {
  return (
    <section aria-label={words.overview.tilesTitle}>
      <ul className="tiles">
        {Object.entries(places).map(([name, to]) => (
          <li key={name}>
            <Link to={to} state={{ from: 'tile' }}>
              <strong>{numberWords(tiles[name as keyof Overview['tiles']])}</strong>
              <span>{words.overview.tiles[name as keyof Overview['tiles']]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
