import { PageLink } from '../parts/page-link.tsx';
import { words } from '../words/words.ts';
import type { ManagerSummary } from './managers.ts';

const { managers: said } = words;

/** Chains of managers that lead back to themselves, as the newest full sync found them. */
export function Circles({ cycles }: Pick<ManagerSummary, 'cycles'>) {
  return (
    <section className="card" aria-labelledby="circles-heading">
      <h2 id="circles-heading">{said.kinds.circles}</h2>
      <p className="faint">{said.hints.circles}</p>
      {cycles.length === 0 && <p>{said.none}</p>}
      {cycles.map((cycle) => (
        <Circle key={cycle.map(({ learnerId }) => learnerId).join(' ')} cycle={cycle} />
      ))}
    </section>
  );
}

/** Each reports to the next; the first stands at the end once more. */
function Circle({ cycle }: { readonly cycle: ManagerSummary['cycles'][number] }) {
  return (
    <ol className="path">
      {[...cycle, ...cycle.slice(0, 1)].map(({ learnerId, name }, at) => (
        <li key={`${learnerId} ${at}`}>
          <PageLink to={`/people/${learnerId}`}>{name}</PageLink>
        </li>
      ))}
    </ol>
  );
}
