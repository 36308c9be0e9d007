import { html, Html } from '../entra/pages/html.ts';
import type { DirectoryObject } from '../directory/change.ts';
import type { ControlCommand } from '../control/control-command.ts';

/** Names and values, one below the other. Rows without a value are left out. */
export function facts(rows: readonly (readonly [name: string, value: Html | string | undefined])[]): Html {
  const given = rows.filter(([, value]) => value !== undefined && value !== '');
  return html`<dl class="facts">
    ${given.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

/** What an object's properties say, as far as they say anything. */
export function propertyRows({ properties }: DirectoryObject): (readonly [name: string, value: string])[] {
  return Object.entries(properties)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
}

/** A table that may be wider than the page; a sentence instead when it is empty. */
export function table(caption: string, heads: readonly string[], rows: readonly Html[], empty: string): Html {
  if (rows.length === 0) return html`<p class="faint">${empty}</p>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

export function row(...cells: readonly (Html | string | number | undefined)[]): Html {
  return html`<tr>
    ${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr>`;
}

/** A button that gives a command. */
export function commandButton(label: string, command: ControlCommand): Html {
  return html`<form method="post" action="/_emulator/form">
    <input type="hidden" name="command" value="${JSON.stringify(command)}" />
    <button>${label}</button>
  </form>`;
}
