import type { Organisation } from '@learnamp/organisations';
import type { PageOf } from '../paging/read-page.ts';
import { html, type Html } from '../pages/html.ts';
import type { Page } from '../pages/page.ts';
import type { FilterField, Filters } from './record-list.ts';

export interface ShownRecords {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly fields: readonly FilterField[];
  readonly headings: readonly string[];
  readonly formats: readonly string[];
  readonly rows: PageOf<readonly (Html | string)[]>;
  readonly filters: Filters;
  readonly isFirst: boolean;
}

/** A page of a list, with the form that filters it. Links and a plain form, so it needs no script. */
export function recordPage(organisation: Organisation, shown: ShownRecords): Page {
  const { title, about, name, formats, filters } = shown;
  return {
    title,
    organisationName: organisation.name,
    corner: html`<form method="post" action="/sign-out"><button>Sign out</button></form>`,
    styles: ['/assets/home.css', '/assets/records.css'],
    body: html`<section class="card" aria-labelledby="records-heading">
        <h1 id="records-heading">${title}</h1>
        <p class="faint">${about}</p>
        ${filterForm(shown)}
      </section>
      <section class="card" aria-labelledby="found-heading">
        <h2 id="found-heading">Entries</h2>
        ${table(shown)} ${further(shown)}
        <p class="actions">
          ${formats.map((format) => html`<a href="/api/${name}/export?${queryText({ ...filters, format })}" download="${name}.${format}">Export as ${format.toUpperCase()}</a> `)}
          <a href="/">Home page</a>
        </p>
      </section>`,
  };
}

const queryText = (filters: Filters) =>
  new URLSearchParams(
    Object.entries(filters).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : [])),
  ).toString();

function filterForm({ name, fields, filters }: ShownRecords): Html {
  return html`<form class="filters" method="get" action="/${name}" aria-label="Filter">
    ${fields.map((field) => html`<p>${control(field, filters[field.name] ?? '')}</p>`)}
    <p class="actions"><button class="primary">Filter</button> <a class="button" href="/${name}">Everything</a></p>
  </form>`;
}

function control({ name, label, type, choices = {} }: FilterField, value: string): Html {
  const id = `filter-${name}`;
  const named = html`<label for="${id}">${label}</label>`;
  if (type !== 'select') return html`${named}<input id="${id}" name="${name}" type="${type}" value="${value}" />`;
  const options = Object.entries({ '': 'any', ...choices });
  return html`${named}
    <select id="${id}" name="${name}">
      ${options.map(([key, words]) => html`<option value="${key}" ${key === value ? html`selected` : undefined}>${words}</option>`)}
    </select>`;
}

function table({ headings, rows, filters }: ShownRecords): Html {
  const isFiltered = Object.values(filters).some((value) => value);
  const none = isFiltered ? 'No entry is like this.' : 'There are no entries yet.';
  if (rows.items.length === 0) return html`<p class="faint">${none}</p>`;
  return html`<table class="runs" role="table" aria-labelledby="found-heading">
    <thead role="rowgroup">
      <tr role="row">
        ${headings.map((heading) => html`<th role="columnheader" scope="col">${heading}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.items.map(
        (cells) =>
          html`<tr role="row">
            ${cells.map((cell, at) => html`<td role="cell" data-label="${headings[at] ?? ''}">${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function further({ name, rows, filters, isFirst }: ShownRecords): Html | undefined {
  const newest = isFirst ? undefined : html`<a href="/${name}?${queryText(filters)}">Newest</a>`;
  const older =
    rows.next === null
      ? undefined
      : html`<a rel="next" href="/${name}?${queryText({ ...filters, cursor: rows.next })}">Older</a>`;
  return newest || older ? html`<nav class="actions" aria-label="Pages">${newest} ${older}</nav>` : undefined;
}
