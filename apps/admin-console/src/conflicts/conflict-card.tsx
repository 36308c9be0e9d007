import { Badge } from '../parts/badge.tsx';
import { Moment } from '../parts/moment.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { words } from '../words/words.ts';
import { AnswerButton } from './answer-button.tsx';
import type { Candidate, Conflict } from './conflicts.ts';

const { conflicts: said } = words;

/** Somebody new beside the learners who they may be, with the answers. */
export function ConflictCard({ conflict }: { readonly conflict: Conflict }) {
  const { personId, name, kind, ignored, candidates } = conflict;
  const heading = `conflict-${personId}`;
  return (
    <article className="card" aria-labelledby={heading}>
      <h3 id={heading}>{name}</h3>
      <p>
        {said.kinds[kind]} {ignored && <Badge tone="calm">{said.ignored}</Badge>}
      </p>
      <div className="side-by-side">
        <Newcomer conflict={conflict} />
        {candidates.map((candidate) => (
          <Learner key={candidate.learnerId} newcomer={conflict} candidate={candidate} />
        ))}
      </div>
    </article>
  );
}

function Newcomer({
  conflict: { personId, name, userPrincipalName, since, ignored },
}: {
  readonly conflict: Conflict;
}) {
  return (
    <div className="side">
      <h4>{said.newcomer}</h4>
      <p>
        <strong>{name}</strong>
        <span className="note">
          <PageLink to={`/explain?person=${encodeURIComponent(personId)}`}>{userPrincipalName}</PageLink>
        </span>
      </p>
      <p className="faint">
        {said.since} <Moment at={since} />
      </p>
      <div className="actions">
        <AnswerButton
          {...{ name: said.create, label: said.createLabel(name), title: said.createTitle, yes: said.createYes }}
          about={said.createAbout(name)}
          answer={{ personId, answer: 'create' }}
        />
        {!ignored && (
          <AnswerButton
            {...{ name: said.ignore, label: said.ignoreLabel(name), title: said.ignoreTitle, yes: said.ignoreYes }}
            about={said.ignoreAbout(name)}
            answer={{ personId, answer: 'ignore' }}
          />
        )}
      </div>
    </div>
  );
}

interface LearnerProps {
  readonly newcomer: Conflict;
  readonly candidate: Candidate;
}

function Learner({ newcomer, candidate: { learnerId, name, active, by } }: LearnerProps) {
  return (
    <div className="side">
      <h4>{said.candidate}</h4>
      <p>
        <PageLink to={`/people/${learnerId}`}>{name}</PageLink>{' '}
        <Badge tone={active ? 'good' : 'calm'}>{active ? said.active : said.inactive}</Badge>
      </p>
      <p className="faint">
        {said.alike}: {by.map((what) => said.inCommon[what] ?? what).join(', ')}
      </p>
      <div className="actions">
        <AnswerButton
          {...{ name: said.link, label: said.linkLabel(newcomer.name, name), title: said.linkTitle, yes: said.linkYes }}
          about={said.linkAbout(newcomer.name, name)}
          answer={{ personId: newcomer.personId, answer: 'link', learnerId }}
        />
      </div>
    </div>
  );
}
