import type { ReactNode } from 'react';
import { Facts } from '../parts/facts.tsx';
import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { sentence } from '../words/sentence.ts';
import { words } from '../words/words.ts';
import type { Explanation } from './explanation.ts';

const { explain: said, common } = words;

/** What was decided about somebody, one decision a line. */
export function Decisions({ explanation }: { readonly explanation: Explanation }) {
  const { match, manager, team, canSignIn, lastChange, nextChance } = explanation;
  return (
    <>
      <h3>{said.decisions}</h3>
      <Facts
        facts={[
          [said.match, sentence(match)],
          [said.account, accountOf(explanation)],
          [said.manager, sentence(manager)],
          [said.team, sentence(team)],
          [said.canSignIn, canSignIn ? common.yes : common.no],
          [said.lastChange, lastChange === null ? said.noChange : <LastChange change={lastChange} />],
          [said.nextChance, nextChance === null ? said.chance.unknown : <NextChance chance={nextChance} />],
        ]}
      />
    </>
  );
}

function accountOf({ enabled }: Explanation): string {
  if (enabled === null) return said.notAsked;
  return enabled ? said.enabled : said.disabled;
}

function LastChange({ change }: { readonly change: NonNullable<Explanation['lastChange']> }): ReactNode {
  const { action, at, runId } = change;
  return (
    <>
      {words.person.actions[action] ?? action} <Moment at={at} />{' '}
      <PageLink to={`/runs/${runId}`}>{said.inRun}</PageLink>
    </>
  );
}

function NextChance({ chance: { changes, full } }: { readonly chance: NonNullable<Explanation['nextChance']> }) {
  return (
    <>
      {changes !== null && (
        <>
          <Moment at={changes} /> {said.chance.changes};{' '}
        </>
      )}
      <Moment at={full} /> {said.chance.full}
    </>
  );
}
