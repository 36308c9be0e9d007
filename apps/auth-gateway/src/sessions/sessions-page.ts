import type { Organisation } from '@learnamp/organisations';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import type { SessionView } from './session-list.ts';

/** Where a learner is signed in, to be ended one by one or all at once. Plain forms, so it needs no script. */
export function sessionsPage(organisation: Organisation, sessions: readonly SessionView[], hasEnded: boolean): Page {
  return {
    title: 'Where you are signed in',
    organisationName: organisation.name,
    corner: html`<form method="post" action="/sign-out"><button>Sign out</button></form>`,
    styles: ['/assets/home.css'],
    body: html`${hasEnded ? html`<p class="notice" role="status">That browser is signed out.</p>` : undefined}
      <section class="card" aria-labelledby="sessions-heading">
        <div class="heading">
          <h1 id="sessions-heading">Where you are signed in</h1>
          <form method="post" action="/sessions/end-all"><button>Sign out everywhere</button></form>
        </div>
        <table class="runs" role="table" aria-labelledby="sessions-heading">
          <thead role="rowgroup">
            <tr role="row">
              ${['Browser', 'Signed in with', 'Since', 'Do'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${sessions.map(row)}
          </tbody>
        </table>
        <p><a href="/">Home page</a></p>
      </section>`,
  };
}

function row({ sessionId, browser, with: how, since, isThisOne }: SessionView): Html {
  return html`<tr role="row">
    <td role="cell" data-label="Browser">
      ${browser} ${isThisOne ? html`<span class="note">This browser</span>` : undefined}
    </td>
    <td role="cell" data-label="With">${how}</td>
    <td role="cell" data-label="Since">${timeOf(since)}</td>
    <td role="cell" data-label="Do">
      ${
        isThisOne
          ? undefined
          : html`<form method="post" action="/sessions/end">
              <button name="sessionId" value="${sessionId}" aria-label="Sign out: ${browser}">Sign out</button>
            </form>`
      }
    </td>
  </tr>`;
}
