import { html, type Html } from '../entra/pages/html.ts';
import type { GraphTenant } from '../graph/protocol/graph-call.ts';
import { facts, propertyRows } from './parts.ts';
import { linkTo, nameOf, pathOf } from './paths.ts';
import type { ShellPage } from './shell.ts';

const PAGE = 100;

/** One group: its properties, where it is nested, and its direct members, a hundred at a time. */
export function groupPage({ directory }: GraphTenant, id: string, from: number): ShellPage | undefined {
  const group = directory.findEvenDeleted(id);
  if (group?.kind !== 'group') return undefined;
  const tenantId = directory.tenant.id;
  const linked = (ids: Iterable<string>): Html[] =>
    [...ids]
      .flatMap((other) => directory.find(other) ?? [])
      .map((object) => html`<li>${linkTo(tenantId, object)}</li>`);
  const members = linked(directory.memberIds(group.id));
  const path = pathOf(tenantId, group);
  return {
    title: nameOf(group),
    body: html`<h1>${nameOf(group)}</h1>
      <section aria-label="Group">
        ${facts([
          ...propertyRows(group),
          [
            'In',
            html`<ul>
              ${linked(directory.groupIdsOf(group.id))}
            </ul>`,
          ],
          [
            'Owners',
            html`<ul>
              ${linked(directory.ownerIds(group.id))}
            </ul>`,
          ],
        ])}
      </section>
      <section>
        <h2>${members.length} direct members</h2>
        <ul>
          ${members.slice(from, from + PAGE)}
        </ul>
        <p>
          ${from > 0 ? html`<a href="${path}?from=${Math.max(0, from - PAGE)}">The ${PAGE} before</a> ` : undefined}
          ${from + PAGE < members.length ? html`<a href="${path}?from=${from + PAGE}">The next ${PAGE}</a>` : undefined}
        </p>
      </section>`,
  };
}
