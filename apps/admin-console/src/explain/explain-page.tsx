import { useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client.ts';
import { Page } from '../layout/page.tsx';
import { AskForm } from '../parts/ask-form.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Loaded } from '../states/loaded.tsx';
import { AskRun } from '../sync/ask-run.tsx';
import { words } from '../words/words.ts';
import { ExplainedFields } from './explained-fields.tsx';
import type { Explanation } from './explanation.ts';
import { ExplanationCard } from './explanation-card.tsx';
import { useExplanation } from './use-explanation.ts';

const { explain: said } = words;

/** Why anybody is a learner or not, who they may be. */
export function ExplainPage() {
  const [query, setQuery] = useSearchParams();
  const person = query.get('person')?.trim() ?? '';
  return (
    <Page title={said.title} about={said.about}>
      <AskForm
        key={person}
        label={said.who}
        name={said.ask}
        value={person}
        onAsk={(who) => setQuery({ person: who })}
      />
      {person !== '' && <Explained key={person} person={person} />}
    </Page>
  );
}

function Explained({ person }: { readonly person: string }) {
  const query = useExplanation(person);
  return (
    <Loaded query={query}>
      {(explanation) => (
        <>
          <ExplanationCard title={explanation.name} person={person} explanation={explanation}>
            <WhatElse explanation={explanation} />
          </ExplanationCard>
          <ExplainedFields explanation={explanation} />
        </>
      )}
    </Loaded>
  );
}

function WhatElse({ explanation: { personId, learnerId } }: { readonly explanation: Explanation }) {
  return (
    <>
      {personId !== null && (
        <AskRun
          name={words.person.act.sync}
          said={words.sync.requested.person}
          ask={() => answerOf(api.POST('/api/sync-runs', { body: { mode: 'person', personId } }))}
        />
      )}
      {learnerId !== null && <PageLink to={`/people/${learnerId}`}>{said.openPerson}</PageLink>}
    </>
  );
}
