import { html, type Html } from '../pages/html.ts';
import { timeOf } from '../sync-runs/time-of.ts';
import type { RenameList } from './rename-list.ts';

type Rename = RenameList['renames'][number];

/** The departments that seem to have been renamed, to be answered by an Owner or Admin. A form each, without a script. */
export function renameSection({ total, renames }: RenameList): Html {
  return html`<section class="card" id="department-renames" aria-labelledby="renames-heading">
    <h2 id="renames-heading">Renamed departments?</h2>
    <p>
      Most people of these departments came to a new one at once. If it is the same department, its team takes the new
      name and keeps its place, its teams below it and the people whom you added.
    </p>
    <table class="runs" role="table" aria-labelledby="renames-heading">
      <thead role="rowgroup">
        <tr role="row">
          ${['From', 'To', 'People', 'Since', 'Answer'].map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${renames.map(row)}
      </tbody>
    </table>
    ${renames.length < total ? html`<p class="faint">And ${total - renames.length} more.</p>` : undefined}
  </section>`;
}

function row({ from, to, moved, of, offeredAt }: Rename): Html {
  return html`<tr role="row">
    <td role="cell" data-label="From">${from.name}</td>
    <td role="cell" data-label="To">${to.name}</td>
    <td role="cell" data-label="People">${moved} of ${of}</td>
    <td role="cell" data-label="Since">${timeOf(offeredAt)}</td>
    <td role="cell" data-label="Answer">
      <form class="actions" method="post" action="/department-renames">
        <input type="hidden" name="from" value="${from.id}" />
        <input type="hidden" name="to" value="${to.id}" />
        <button name="answer" value="accept" aria-label="Rename ${from.name} to ${to.name}">Rename the team</button>
        <button name="answer" value="dismiss" aria-label="Keep ${from.name} and ${to.name} apart">Keep both</button>
      </form>
    </td>
  </tr>`;
}
