import { Badge } from '../parts/badge.tsx';
import { Facts } from '../parts/facts.tsx';
import { durationWords } from '../words/times.ts';
import { words } from '../words/words.ts';
import { FreshnessChart } from './freshness-chart.tsx';
import type { Overview } from './overview.ts';

/** How long changes at Microsoft take to arrive, against the 30 minutes that are promised. */
export function Freshness({ freshness }: { readonly freshness: Overview['freshness'] }) {
  const { by, samples, p50, p95, hours, targetSeconds } = freshness;
  const said = words.overview.freshness;
  return (
    <section className="card" aria-labelledby="freshness-heading">
      <h2 id="freshness-heading">{said.title}</h2>
      <p className="faint">
        {said.about} {said.by[by]}.
      </p>
      {p50 === null || p95 === null ? (
        <p>{said.none}</p>
      ) : (
        <>
          <Facts
            facts={[
              [said.p50, durationWords(p50)],
              [said.p95, durationWords(p95)],
            ]}
          />
          <p>
            <Badge tone={p95 <= targetSeconds ? 'good' : 'bad'}>
              {p95 <= targetSeconds ? said.withinTarget : said.overTarget}
            </Badge>{' '}
            <span className="faint">{said.samples(samples)}</span>
          </p>
          <FreshnessChart hours={hours} targetSeconds={targetSeconds} />
        </>
      )}
    </section>
  );
}
