import { Link } from 'react-router';
import { words } from '../words/words.ts';
import { neighboursOf, type StepName } from './steps.ts';

const { setup: said } = words;

/** From a step to the one before it, and to the next one: nothing keeps anybody from either. */
export function StepEnds({ shown }: { readonly shown: StepName }) {
  const { before, after } = neighboursOf(shown);
  return (
    <p className="actions">
      {before && (
        <Link className="button" to={`/setup/${before}`} state={{ from: 'link' }}>
          {said.back(said.steps[before])}
        </Link>
      )}
      {after && (
        <Link className="button primary" to={`/setup/${after}`} state={{ from: 'link' }}>
          {said.onward(said.steps[after])}
        </Link>
      )}
    </p>
  );
}
