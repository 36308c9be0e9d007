import type { Organisation } from '@learnamp/organisations';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import type { ImportSummary, ImportView } from './import-view.ts';

const frame = ({ name }: Organisation, title: string, body: Html): Page => ({
  title,
  organisationName: name,
  corner: html`<form method="post" action="/sign-out"><button>Sign out</button></form>`,
  styles: ['/assets/home.css', '/assets/imports.css'],
  body,
});

/** Where an Owner or Admin brings a list, and sees those that were brought. Plain forms, so it needs no script. */
export function importsPage(organisation: Organisation, lists: readonly ImportSummary[], complaint?: string): Page {
  return frame(
    organisation,
    'Import people',
    html`${complaint === undefined ? undefined : html`<p class="alert" role="alert">Nothing was read: ${complaint}</p>`}
      <section class="card" aria-labelledby="import-heading">
        <h1 id="import-heading">Import people</h1>
        <p>
          A CSV file with a row for each person, and the names of its columns in the first row: Email or Employee ID,
          and whichever you have of First name, Last name, Display name, Job title, Department, Location, Language,
          Start date and Active. What the file has no column for stays as it is. Nothing happens before you have seen
          what will.
        </p>
        <form class="upload" method="post" action="/imports" enctype="multipart/form-data">
          <label for="file">CSV file</label>
          <input id="file" name="file" type="file" accept=".csv,.txt,.tsv,text/csv" required />
          <div class="actions">
            <button class="primary">Read the file</button><a class="button" href="/">Home page</a>
          </div>
        </form>
      </section>
      ${listsSection(lists)}`,
  );
}

const stateWords = { read: 'waits to be started', started: 'is being imported', finished: 'imported' } as const;

function listsSection(lists: readonly ImportSummary[]): Html | undefined {
  if (lists.length === 0) return undefined;
  return html`<section class="card" aria-labelledby="lists-heading">
    <h2 id="lists-heading">Files</h2>
    <table class="runs" role="table" aria-labelledby="lists-heading">
      <thead role="rowgroup">
        <tr role="row">
          ${['When', 'File', 'Rows', 'State'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${lists.map(
          ({ id, fileName, createdAt, rows, state }) =>
            html`<tr role="row">
              <td role="cell" data-label="When">${timeOf(createdAt)}</td>
              <td role="cell" data-label="File"><a href="/imports/${id}">${fileName}</a></td>
              <td role="cell" data-label="Rows">${rows}</td>
              <td role="cell" data-label="State">${stateWords[state]}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** A list: what will come of it, or how far it has come. */
export function importPage(organisation: Organisation, list: ImportView): Page {
  const page = frame(
    organisation,
    `Import of ${list.fileName}`,
    html`<section class="card" aria-labelledby="import-heading">
        <h1 id="import-heading">${list.fileName}</h1>
        ${list.state === 'read' ? previewOf(list) : progressOf(list)}
        <p><a href="/imports">All files</a></p>
      </section>
      ${problemsSection(list)}`,
  );
  return list.state === 'started' ? { ...page, scripts: ['/assets/imports.mjs'] } : page;
}

function previewOf({ id, rows, bad, foreseen, columns }: ImportView): Html {
  const unknown = columns.filter(({ field }) => field === null).map(({ title }) => title || '(without a name)');
  return html`<p class="status" role="status">${rows} rows were read. Nothing is imported yet.</p>
    <dl class="counts">
      ${count('will be created', foreseen.create)} ${count('will be updated', foreseen.update)}
      ${count('will be refused', foreseen.refuse)} ${count('can’t be read', bad)}
    </dl>
    ${unknown.length === 0 ? undefined : html`<p>These columns are not used: ${unknown.join(', ')}.</p>`}
    <form method="post" action="/imports/${id}/start">
      <button class="primary">Import ${rows - bad} ${rows - bad === 1 ? 'person' : 'people'}</button>
    </form>`;
}

const count = (name: string, value: number): Html =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

function progressOf({ id, state, bad, progress: { done, total, applied, refused } }: ImportView): Html {
  return html`<p class="status" role="status" data-import="${id}">
      ${state === 'finished' ? 'The import has ended.' : 'The import is under way. You may leave this page.'}
    </p>
    <div class="progress">
      <label for="import-progress">Rows</label><span data-progress="amount">${done} of ${total}</span>
      <progress id="import-progress" value="${done}" max="${Math.max(total, 1)}"></progress>
    </div>
    <dl class="counts">
      ${count('imported', applied)} ${count('refused', refused)} ${count('could not be read', bad)}
    </dl>`;
}

function problemsSection({ problems, moreProblems, id }: ImportView): Html | undefined {
  if (problems.length === 0) return undefined;
  const last = problems.at(-1)?.line ?? 0;
  return html`<section class="card" aria-labelledby="problems-heading">
    <h2 id="problems-heading">Rows that are not imported</h2>
    <table class="runs" role="table" aria-labelledby="problems-heading">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Line</th>
          <th role="columnheader" scope="col">Why</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${problems.map(
          ({ line, problem }) =>
            html`<tr role="row">
              <td role="cell" data-label="Line">${line}</td>
              <td role="cell" data-label="Why">${problem}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${moreProblems ? html`<p><a href="/imports/${id}?after=${last}">More of them</a></p>` : undefined}
  </section>`;
}
