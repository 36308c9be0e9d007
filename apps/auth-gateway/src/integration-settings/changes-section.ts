import { html, type Html } from '../pages/html.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import type { ChangeView } from './recent-changes.ts';

/** Who changed what of the settings, and when. */
export function changesSection(changes: readonly ChangeView[]): Html | undefined {
  if (changes.length === 0) return undefined;
  return html`<section class="card" aria-labelledby="changes-heading">
    <h2 id="changes-heading">Changes</h2>
    <table class="runs" role="table" aria-labelledby="changes-heading">
      <thead role="rowgroup">
        <tr role="row">
          ${['When', 'Who', 'What'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${changes.map(row)}
      </tbody>
    </table>
  </section>`;
}

const row = ({ at, who, action, changes }: ChangeView): Html =>
  html`<tr role="row">
    <td role="cell" data-label="When">${timeOf(at)}</td>
    <td role="cell" data-label="Who">${who}</td>
    <td role="cell" data-label="What">
      ${changes.length === 0 ? html`<span class="note">${action}</span>` : undefined}
      ${changes.map(
        ({ path, old, new: now }) =>
          html`<span class="note">${path}: ${JSON.stringify(old)} → ${JSON.stringify(now)}</span>`,
      )}
    </td>
  </tr>`;
