import { ChoiceField } from '../parts/choice-field.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { useCandidates } from './use-candidates.ts';

interface OwnerFieldProps {
  readonly named: string | null;
  readonly onChange: (learnerId: string | null) => void;
}

const { doors: said } = words.signIn;

/** The Owner who may use a password while passwords are off. Whoever is named is shown, also if they could not be named today. */
export function OwnerField({ named, onChange }: OwnerFieldProps) {
  const query = useCandidates();
  return (
    <Loaded query={query}>
      {(candidates) => {
        const known = candidates.map(({ learnerId, name }) => [learnerId, name] as const);
        const isGone = named !== null && candidates.every(({ learnerId }) => learnerId !== named);
        const gone = isGone ? [[named, said.gone] as const] : [];
        return (
          <>
            <ChoiceField
              label={said.owner}
              value={named ?? ''}
              choices={Object.fromEntries([['', said.nobody], ...known, ...gone])}
              onChange={(learnerId) => onChange(learnerId === '' ? null : learnerId)}
            />
            {candidates.length === 0 && <p className="faint">{said.noCandidates}</p>}
          </>
        );
      }}
    </Loaded>
  );
}
