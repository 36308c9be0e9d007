import { useId, useState } from 'react';
import { PageLink } from '../parts/page-link.tsx';
import { PersonName } from '../people/person-name.tsx';
import { words } from '../words/words.ts';
import { ChartLevel } from './chart-level.tsx';
import type { Report } from './managers.ts';

const { managers: said } = words;

/** Somebody in the chart; whoever manages people can be opened. */
export function ChartPerson({ person }: { readonly person: Report }) {
  const { learnerId, name, jobTitle, reports } = person;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <li>
      <div className="chart-row">
        <PersonName person={person} note={jobTitle} />
        {reports > 0 && (
          <>
            <button
              type="button"
              aria-expanded={isOpen}
              aria-controls={id}
              aria-label={`${said.toggle(name)}: ${said.reports(reports)}`}
              onClick={() => setOpen(!isOpen)}
            >
              {said.reports(reports)}
            </button>
            <PageLink to={`/managers?of=${encodeURIComponent(learnerId)}`} aria-label={said.startLabel(name)}>
              {said.startHere}
            </PageLink>
          </>
        )}
      </div>
      <div id={id}>{isOpen && <ChartLevel of={learnerId} label={said.toggle(name)} empty={said.noReports} />}</div>
    </li>
  );
}
