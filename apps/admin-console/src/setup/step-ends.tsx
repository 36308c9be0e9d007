import { PageLink } from '../parts/page-link.tsx';
import { words } from '../words/words.ts';
import { neighboursOf, type StepName } from './steps.ts';

const { setup: said } = words;

/** From a step to the one before it, and to the next one: nothing keeps anybody from either. */
export function StepEnds({ shown }: { readonly shown: StepName }) {
  const { before, after } = neighboursOf(shown);
  return (
    <p className="actions">
      {before && (
        <PageLink className="button" to={`/setup/${before}`}>
          {said.back(said.steps[before])}
        </PageLink>
      )}
      {after && (
        <PageLink className="button primary" to={`/setup/${after}`}>
          {said.onward(said.steps[after])}
        </PageLink>
      )}
    </p>
  );
}
