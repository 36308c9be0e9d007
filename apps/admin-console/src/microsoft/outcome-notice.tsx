import { useSearchParams } from 'react-router';
import { words } from '../words/words.ts';

/** What came of the trip to Microsoft from which the browser has just come back. */
export function OutcomeNotice() {
  const { outcomes, goodOutcomes } = words.microsoft;
  const [query] = useSearchParams();
  const outcome = query.get('microsoft') ?? '';
  const said = Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined;
  if (said === undefined) return null;
  const isGood = goodOutcomes.includes(outcome);
  return (
    <p className={isGood ? 'notice good' : 'notice bad'} role={isGood ? 'status' : 'alert'}>
      {said}
    </p>
  );
}
