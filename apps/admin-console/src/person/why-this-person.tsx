import { ExplanationCard } from '../explain/explanation-card.tsx';
import { useExplanation } from '../explain/use-explanation.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { askedAs } from './asked-as.ts';
import type { Person } from './person.ts';

const { person: said } = words;

/** Why somebody is as they are, by what is stored and what Microsoft says. */
export function WhyThisPerson({ person }: { readonly person: Person }) {
  const asked = askedAs(person);
  if (asked === null) {
    return (
      <section className="card" aria-labelledby="explanation-heading">
        <h2 id="explanation-heading">{said.why}</h2>
        <p className="faint">{said.unknownToDirectory}</p>
      </section>
    );
  }
  return <Asked key={asked} asked={asked} />;
}

function Asked({ asked }: { readonly asked: string }) {
  const query = useExplanation(asked);
  return (
    <Loaded query={query}>
      {(explanation) => <ExplanationCard title={said.why} person={asked} explanation={explanation} />}
    </Loaded>
  );
}
