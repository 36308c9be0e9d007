import { words } from '../words/words.ts';
import { ChartLevel } from './chart-level.tsx';
import { ChartStart } from './chart-start.tsx';

const { managers: said } = words;

/** Who reports to whom, from the top, or from one person on. */
export function Chart({ of }: { readonly of: string | null }) {
  return (
    <section className="card" aria-labelledby="chart-heading">
      <h2 id="chart-heading">{said.chart}</h2>
      <p className="faint">{said.chartAbout}</p>
      {of === null ? (
        <ChartLevel label={said.fromTop} empty={said.chartNone} />
      ) : (
        <ChartStart key={of} learnerId={of} />
      )}
    </section>
  );
}
