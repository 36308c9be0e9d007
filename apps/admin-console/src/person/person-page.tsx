import { useParams } from 'react-router';
import { Page } from '../layout/page.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { PersonAccess } from './person-access.tsx';
import { PersonActions } from './person-actions.tsx';
import { PersonAround } from './person-around.tsx';
import { PersonFields } from './person-fields.tsx';
import { PersonHeader } from './person-header.tsx';
import { PersonHistory } from './person-history.tsx';
import { PersonInvitation } from './person-invitation.tsx';
import type { Person } from './person.ts';
import { usePerson } from './use-person.ts';
import { WhyThisPerson } from './why-this-person.tsx';

/** One person: what they are, why, what was done about them, and what can be done. */
export function PersonPage() {
  const { learnerId = '' } = useParams();
  const query = usePerson(learnerId);
  return (
    <Page title={query.data?.name ?? words.person.title}>
      <Loaded query={query}>{(person) => <Everything key={person.learnerId} person={person} />}</Loaded>
    </Page>
  );
}

function Everything({ person }: { readonly person: Person }) {
  return (
    <>
      <PersonHeader person={person} />
      <PersonActions person={person} />
      <WhyThisPerson person={person} />
      <PersonFields person={person} />
      <div className="columns">
        <PersonAround person={person} />
        <PersonInvitation person={person} />
      </div>
      <PersonAccess person={person} />
      <PersonHistory learnerId={person.learnerId} />
    </>
  );
}
