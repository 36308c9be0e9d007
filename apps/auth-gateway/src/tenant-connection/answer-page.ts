import type { Organisation } from '@learnamp/organisations';
import type { AnsweredGroup, AskedPermission, DirectoryAnswer, NamedGroup } from '@learnamp/sync-state';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';

export interface AnswerPage {
  readonly organisation: Organisation;
  readonly answerId: string;
  /** Null while nobody has answered. */
  readonly answer: DirectoryAnswer | null;
  readonly complaint?: string;
}

/** What the directory said to a question, and what can be done with it. */
export function answerPage({ organisation, answerId, answer, complaint }: AnswerPage): Page {
  const [title, body] = answer ? answered(answer, answerId) : waiting;
  return {
    title,
    organisationName: organisation.name,
    styles: ['/assets/home.css', '/assets/settings.css'],
    body: html`<section class="card" aria-labelledby="answer-heading">
      <h1 id="answer-heading">${title}</h1>
      ${complaint === undefined ? undefined : html`<p class="alert" role="alert">${complaint}</p>`} ${body}
      <p><a href="/settings#microsoft">Back to the settings</a></p>
    </section>`,
  };
}

const waiting = [
  'Asking Microsoft',
  html`<p role="status">This page looks again by itself. A large group takes a while.</p>`,
] as const;

function answered(answer: DirectoryAnswer, answerId: string): readonly [string, Html] {
  const { question, problem, lookUp, group, groups, permissions } = answer;
  if (problem !== null) return ['Microsoft did not answer', html`<p class="alert" role="alert">${problem}.</p>`];
  if (question === 'permissions') return ['Permissions', permissionTable(permissions)];
  if (question === 'groups') return [`Groups that begin with “${lookUp ?? ''}”`, groupList(groups)];
  return group ? [group.displayName ?? group.id, groupPart(group, answerId)] : ['No such group', noGroup(lookUp)];
}

const noGroup = (lookUp: string | null) =>
  html`<p role="alert">There is no group with the Object ID ${lookUp ?? ''} in your directory.</p>`;

function groupList(groups: readonly NamedGroup[]): Html {
  if (groups.length === 0) return html`<p>There is none. Names are looked for from their beginning.</p>`;
  return html`<ul class="plain">
    ${groups.map(
      ({ id, displayName }) =>
        html`<li>
          <form method="post" action="/settings/microsoft/questions">
            <input type="hidden" name="about" value="${id}" />
            <button>${displayName ?? 'A group without a name'}</button> <span class="note">${id}</span>
          </form>
        </li>`,
    )}
  </ul>`;
}

const counted = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

function groupPart({ id, people, nested, tree }: AnsweredGroup, answerId: string): Html {
  return html`<p>
      ${counted(people, 'person', 'people')} altogether, in this group and ${counted(nested, 'group', 'groups')} nested
      in it. Object ID ${id}.
    </p>
    <table class="runs" role="table" aria-labelledby="answer-heading">
      <thead role="rowgroup">
        <tr role="row">
          ${['Group', 'People in it', 'Groups in it'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${tree.map(treeRow)}
      </tbody>
    </table>
    ${tree.length < nested + 1 ? html`<p class="faint">And ${nested + 1 - tree.length} more groups.</p>` : undefined}
    <form method="post" action="/settings/microsoft/group">
      <input type="hidden" name="answerId" value="${answerId}" />
      <button class="primary">Provision the people of this group</button>
    </form>`;
}

const treeRow = ({ id, displayName, depth, people, groups }: AnsweredGroup['tree'][number]): Html =>
  html`<tr role="row">
    <td role="cell" data-label="Group">
      <span class="depth-${Math.min(depth, 5)}">${displayName ?? id}</span>
    </td>
    <td role="cell" data-label="People in it">${people}</td>
    <td role="cell" data-label="Groups in it">${groups}</td>
  </tr>`;

const states: Readonly<Record<AskedPermission['state'], string>> = {
  granted: 'granted',
  missing: 'missing',
  unknown: 'can not be told while another one is missing',
  unneeded: 'not needed here',
};

function permissionTable(permissions: readonly AskedPermission[]): Html {
  const isWhole = permissions.every(({ state }) => state === 'granted' || state === 'unneeded');
  return html`<p class="${isWhole ? 'notice' : 'alert'}" role="status">
      ${isWhole ? 'Everything that is needed is granted.' : 'Some permissions are missing. Below is what does not work without each.'}
    </p>
    <table class="runs" role="table" aria-labelledby="answer-heading">
      <thead role="rowgroup">
        <tr role="row">
          ${['Permission', 'State', 'Without it'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${permissions.map(
          ({ name, state, stops }) =>
            html`<tr role="row">
              <td role="cell" data-label="Permission">${name}</td>
              <td role="cell" data-label="State">${states[state]}</td>
              <td role="cell" data-label="Without it">${stops}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
