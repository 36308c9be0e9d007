import { numberWords } from '../words/times.ts';
import { words } from '../words/words.ts';
import type { Run } from './run.ts';

/** What a run did, in numbers. */
export function RunCounts({ counts }: { readonly counts: Run['counts'] }) {
  return (
    <dl className="counts">
      {Object.entries(words.sync.counts).map(([name, said]) => {
        const count = counts[name as keyof Run['counts']];
        return (
          count !== undefined && (
            <div key={name}>
              <dt>{said}</dt>
              <dd>{numberWords(count)}</dd>
            </div>
          )
        );
      })}
    </dl>
  );
}
