import type { Organisation } from '@learnamp/organisations';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import type { SignInTraceSummary, SignInTraceView } from './sign-in-trace-view.ts';

const frame = (organisation: Organisation, title: string, body: Html): Page => ({
  title,
  organisationName: organisation.name,
  corner: html`<form method="post" action="/sign-out"><button>Sign out</button></form>`,
  styles: ['/assets/home.css', '/assets/settings.css'],
  body,
});

export interface SignInList {
  readonly signIns: readonly SignInTraceSummary[];
  /** A reference that was looked for in vain. */
  readonly missed?: string;
}

/** The sign-ins of the last days, for an Owner or Admin. Plain forms, so it needs no script. */
export const signInListPage = (organisation: Organisation, { signIns, missed }: SignInList): Page =>
  frame(
    organisation,
    'Sign-ins',
    html`<section class="card" aria-labelledby="sign-ins-heading">
      <h1 id="sign-ins-heading">Sign-ins</h1>
      <p>
        With Microsoft, of the last seven days. Who was refused isn’t kept: ask them for the reference that they saw.
      </p>
      ${missed === undefined ? undefined : html`<p class="alert" role="alert">There is no sign-in ${missed}, or not any more.</p>`}
      <form class="plain" method="get" action="/sign-ins">
        <label for="reference">Reference</label>
        <input
          id="reference"
          name="reference"
          required
          maxlength="20"
          autocomplete="off"
          spellcheck="false"
          value="${missed ?? ''}"
        />
        <button>Show the sign-in</button>
      </form>
      ${signIns.length === 0 ? html`<p>Nobody has tried yet.</p>` : table('sign-ins-heading', ['When', 'What came of it', 'Who', 'Reference'], signIns.map(listRow))}
      <p><a href="/settings#microsoft">Settings</a> <a href="/">Home page</a></p>
    </section>`,
  );

const listRow = ({ reference, at, refusal, person }: SignInTraceSummary): Html =>
  html`<tr role="row">
    <td role="cell" data-label="When">${timeOf(at)}</td>
    <td role="cell" data-label="Outcome">${refusal === null ? 'Signed in' : `Refused: ${wordsOf(refusal)}`}</td>
    <td role="cell" data-label="Who">${person ?? '–'}</td>
    <td role="cell" data-label="Reference"><a href="/sign-ins/${reference}">${reference}</a></td>
  </tr>`;

/** One sign-in: its checks in their order, and which one refused. */
export const signInPage = (organisation: Organisation, trace: SignInTraceView): Page =>
  frame(
    organisation,
    `Sign-in ${trace.reference}`,
    html`<section class="card" aria-labelledby="sign-in-heading">
      <h1 id="sign-in-heading">Sign-in ${trace.reference}</h1>
      <p>${timeOf(trace.at)}: ${outcomeOf(trace)}</p>
      ${trace.told === null ? undefined : html`<p>The person was told: “${trace.told}”</p>`}
      ${trace.microsoftCode === null ? undefined : html`<p>Microsoft’s own code is <strong>${trace.microsoftCode}</strong>.</p>`}
      ${table('sign-in-heading', ['Check', 'Outcome'], trace.checks.map(checkRow))}
      <p><a href="/sign-ins">All sign-ins</a> <a href="/">Home page</a></p>
    </section>`,
  );

const outcomeOf = ({ refusal, person }: SignInTraceView) =>
  refusal === null ? `${person ?? 'Somebody'} signed in.` : `refused (${wordsOf(refusal)}).`;

const checkRow = ({ wants, outcome }: SignInTraceView['checks'][number]): Html =>
  html`<tr role="row">
    <td role="cell" data-label="Check">${wants}</td>
    <td role="cell" class="check-outcome" data-label="Outcome">
      ${outcome === 'refused' ? html`<strong>refused</strong>` : outcome}
    </td>
  </tr>`;

/** Such as `not a learner`, of a code. */
const wordsOf = (refusal: string) => refusal.replaceAll('-', ' ');

const table = (labelledBy: string, columns: readonly string[], rows: readonly Html[]): Html =>
  html`<table class="runs" role="table" aria-labelledby="${labelledBy}">
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows}
    </tbody>
  </table>`;
