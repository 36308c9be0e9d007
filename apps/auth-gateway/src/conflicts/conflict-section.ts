import { html, type Html } from '../pages/html.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import type { ConflictList } from './conflict-list.ts';

type Conflict = ConflictList['conflicts'][number];
type Candidate = Conflict['candidates'][number];

export const conflictReasons: Readonly<Record<Conflict['kind'], string>> = {
  'ambiguous-match': 'More than one learner could be this person.',
  'duplicate-email': 'Another learner has this email address.',
  'live-link-elsewhere': 'The learner who could be this person is linked to another account that is still active.',
  rehire: 'Somebody who left could be this person, with a new account.',
};

const inCommon: Readonly<Record<string, string>> = {
  objectId: 'the same account',
  employeeId: 'the same employee ID',
  userPrincipalName: 'the same sign-in name',
  email: 'the same email',
};

/** The people of whom nobody knows who they are, to be told apart by an Owner or Admin. A form each, without a script. */
export function conflictSection({ total, conflicts }: ConflictList): Html {
  return html`<section class="card" id="conflicts" aria-labelledby="conflicts-heading">
    <h2 id="conflicts-heading">Who are they?</h2>
    <p>These people came into the group, and may be learners already. They wait until you say who they are.</p>
    <table class="runs" role="table" aria-labelledby="conflicts-heading">
      <thead role="rowgroup">
        <tr role="row">
          ${['Person', 'Why', 'Since', 'Answer'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${conflicts.map(row)}
      </tbody>
    </table>
    ${conflicts.length < total ? html`<p class="faint">And ${total - conflicts.length} more.</p>` : undefined}
  </section>`;
}

function row({ personId, name, userPrincipalName, kind, ignored, since, candidates }: Conflict): Html {
  return html`<tr role="row">
    <td role="cell" data-label="Person">${name} <span class="note">${userPrincipalName}</span></td>
    <td role="cell" data-label="Why">
      ${conflictReasons[kind]} ${ignored ? html`<span class="note">Left out by your answer.</span>` : undefined}
    </td>
    <td role="cell" data-label="Since">${timeOf(since)}</td>
    <td role="cell" data-label="Answer">
      <form class="actions" method="post" action="/conflicts">
        <input type="hidden" name="personId" value="${personId}" />
        ${candidates.map((candidate) => candidateButton(name, candidate))}
        <button name="answer" value="create" aria-label="${name} is somebody new">Somebody new</button>
        ${ignored ? undefined : html`<button name="answer" value="ignore" aria-label="Leave ${name} out">Leave out</button>`}
      </form>
    </td>
  </tr>`;
}

function candidateButton(name: string, { learnerId, name: learner, active, by }: Candidate): Html {
  const shared = by.map((what) => inCommon[what] ?? what).join(', ');
  return html`<button name="answer" value="link:${learnerId}" aria-label="${name} is the learner ${learner}">
      It is ${learner}
    </button>
    <span class="note">${active ? 'Active' : 'Not active'}; ${shared}</span>`;
}
