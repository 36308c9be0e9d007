import { Link } from 'react-router';
import { numberWords } from '../words/times.ts';
import { words } from '../words/words.ts';
import type { ManagerSummary } from './managers.ts';

const { managers: said } = words;

interface ManagerHealthProps {
  readonly summary: ManagerSummary;
  /** Whose list is shown; null for the chart. */
  readonly kind: string | null;
}

/** Numbers of people by how their manager stands; each leads to the people it counts. */
export function ManagerHealth({ summary, kind }: ManagerHealthProps) {
  const { linked, waiting, outOfScope, inactive, inCycles, none } = summary;
  return (
    <section className="stack" aria-label={said.health}>
      <ul className="tiles">
        <Tile name={said.kinds.linked} count={linked} to="/managers" isShown={kind === null} />
        <Tile name={said.kinds.waiting} count={waiting} {...listOf('waiting', kind)} />
        <Tile name={said.kinds['out-of-scope']} count={outOfScope} {...listOf('out-of-scope', kind)} />
        <Tile name={said.kinds.inactive} count={inactive} {...listOf('inactive', kind)} />
        <Tile name={said.kinds.circles} count={inCycles} {...listOf('circles', kind)} />
      </ul>
      <p className="faint">
        {said.kinds.none}: {numberWords(none)}
      </p>
    </section>
  );
}

const listOf = (kind: string, shown: string | null) => ({ to: `/managers?kind=${kind}`, isShown: kind === shown });

interface TileProps {
  readonly name: string;
  readonly count: number;
  readonly to: string;
  readonly isShown: boolean;
}

const Tile = ({ name, count, to, isShown }: TileProps) => (
  <li>
    <Link to={to} aria-current={isShown ? 'true' : undefined}>
      <strong>{numberWords(count)}</strong>
      <span>{name}</span>
    </Link>
  </li>
);
