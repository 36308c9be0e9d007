import { PageLink } from '../parts/page-link.tsx';
import { PersonName } from '../people/person-name.tsx';
import type { Person } from '../person/person.ts';
import { usePerson } from '../person/use-person.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { ChartLevel } from './chart-level.tsx';

const { managers: said } = words;

/** The chart from one person on, with the way up from them. */
export function ChartStart({ learnerId }: { readonly learnerId: string }) {
  const query = usePerson(learnerId);
  return (
    <Loaded query={query}>
      {(person) => (
        <>
          <WayUp person={person} />
          <ul className="chart-level">
            <li>
              <div className="chart-row">
                <PersonName person={{ ...person, hasPhoto: person.photo !== null }} note={jobTitleOf(person)} />
              </div>
              <ChartLevel of={learnerId} label={said.toggle(person.name)} empty={said.noReports} />
            </li>
          </ul>
        </>
      )}
    </Loaded>
  );
}

const jobTitleOf = ({ fields }: Person) => fields.find(({ field }) => field === 'jobTitle')?.value ?? null;

function WayUp({ person: { manager } }: { readonly person: Person }) {
  const above = manager?.learnerId ?? null;
  return (
    <p className="actions">
      {above !== null && (
        <PageLink to={`/managers?of=${encodeURIComponent(above)}`}>{said.up(manager?.name ?? said.manager)}</PageLink>
      )}
      <PageLink to="/managers">{said.wholeChart}</PageLink>
    </p>
  );
}
