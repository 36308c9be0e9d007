import { Badge } from '../parts/badge.tsx';
import { sentence } from '../words/sentence.ts';
import { words } from '../words/words.ts';
import type { Explanation, Trouble } from './explanation.ts';
import { remedyOf } from './remedy-of.ts';
import { RemedyLinks } from './remedy-links.tsx';
import { useGroupId } from './use-group-id.ts';

const { explain: said } = words;

/** Everything that is not as expected: the cause, and what to do about it. */
export function Troubles({ explanation }: { readonly explanation: Explanation }) {
  const found = withoutEchoes(explanation.troubles);
  return (
    <>
      <h3>{said.troubles}</h3>
      {found.length === 0 ? (
        <p className="faint">{said.noTroubles}</p>
      ) : (
        <ul className="troubles">
          {found.map((trouble) => (
            <li key={`${trouble.about} ${trouble.cause}`}>
              <Told trouble={trouble} explanation={explanation} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface ToldProps {
  readonly trouble: Trouble;
  readonly explanation: Explanation;
}

function Told({ trouble, explanation }: ToldProps) {
  const groupId = useGroupId();
  const remedy = remedyOf(trouble, explanation, explanation.path?.[0]?.id ?? groupId);
  return (
    <>
      <p>
        <Badge tone="warn">{said.abouts[trouble.about] ?? trouble.about}</Badge> {sentence(trouble.cause)}
      </p>
      {remedy && (
        <>
          <p className="faint">{remedy.advice}</p>
          <RemedyLinks links={remedy.links} />
        </>
      )}
    </>
  );
}

/** Whoever is no learner can't sign in for the very same cause, which is said once. */
const withoutEchoes = (troubles: readonly Trouble[]): readonly Trouble[] =>
  troubles.filter(({ about, cause }) => about !== 'sign-in' || !troubles.some((other) => isEcho(cause, other)));

const isEcho = (cause: string, { about, cause: first }: Trouble) => about === 'users' && cause.endsWith(`: ${first}`);
