import type { ReactNode } from 'react';
import { CommandButton } from '../parts/command-button.tsx';
import { Moment } from '../parts/moment.tsx';
import { words } from '../words/words.ts';
import { Decisions } from './decisions.tsx';
import type { Explanation } from './explanation.ts';
import { GroupPath } from './group-path.tsx';
import { Troubles } from './troubles.tsx';
import { useFreshExplanation } from './use-explanation.ts';
import { verdictOf } from './verdict-of.ts';

const { explain: said } = words;

interface ExplanationCardProps {
  readonly title: string;
  /** As it was asked. */
  readonly person: string;
  readonly explanation: Explanation;
  /** What else can be done about them. */
  readonly children?: ReactNode;
}

/** Why somebody is as they are: the verdict, the way through the groups, each decision, and what to mend. */
export function ExplanationCard({ title, person, explanation, children }: ExplanationCardProps) {
  const fresh = useFreshExplanation();
  const { readAt } = explanation;
  return (
    <section className="card explanation" aria-labelledby="explanation-heading">
      <h2 id="explanation-heading">{title}</h2>
      <p className="summary" role="status">
        {verdictOf(explanation)}
      </p>
      <p className="faint">
        {readAt === null ? (
          said.stored
        ) : (
          <>
            {said.readAt} <Moment at={readAt} />.
          </>
        )}
      </p>
      <div className="actions">
        <CommandButton className="secondary" isPending={fresh.isPending} onPress={() => fresh.mutate(person)}>
          {readAt === null ? said.askNow : said.askAgain}
        </CommandButton>
        {children}
      </div>
      <Troubles explanation={explanation} />
      <GroupPath explanation={explanation} />
      <Decisions explanation={explanation} />
    </section>
  );
}
