import type { DirectoryObject } from '../directory/change.ts';
import type { DirectoryReads } from '../directory/directory.ts';
import { html, type Html } from '../entra/pages/html.ts';
import type { GraphTenant } from '../graph/protocol/graph-call.ts';
import { facts, propertyRows } from './parts.ts';
import { linkTo, nameOf, pathOf } from './paths.ts';
import type { ShellPage } from './shell.ts';

/** One person: what Graph would say of them, and by which groups they are where. */
export function personPage(tenant: GraphTenant, id: string): ShellPage | undefined {
  const { directory, photos } = tenant;
  const user = directory.findEvenDeleted(id);
  if (user?.kind !== 'user') return undefined;
  const tenantId = directory.tenant.id;
  const manager = directory.find(directory.managerId(user.id) ?? '');
  const photo = photos.get(user.id);
  return {
    title: nameOf(user),
    body: html`<h1>${nameOf(user)}</h1>
      <section aria-label="Person">
        ${photo && html`<img class="photo" alt="" src="${pathOf(tenantId, user)}/photo" />`}
        ${user.deletedAt === undefined ? undefined : html`<p class="alert">In the recycle bin.</p>`}
        ${facts(propertyRows(user))}
      </section>
      <section>
        <h2>Manager and reports</h2>
        ${facts([
          ['Manager', manager ? linkTo(tenantId, manager) : 'none'],
          ['Reports', list(directory, directory.reportIds(user.id)) ?? 'none'],
        ])}
      </section>
      <section>
        <h2>Groups</h2>
        ${paths(directory, user)}
      </section>`,
  };
}

const MAX_PATHS = 50;

/** Every way from a top group down to the person, as far as they fit on a page. */
function paths(directory: DirectoryReads, user: DirectoryObject): Html {
  const found: DirectoryObject[][] = [];
  const climb = (path: readonly DirectoryObject[]): void => {
    if (found.length >= MAX_PATHS) return;
    const [top] = path;
    const above = [...directory.groupIdsOf(top?.id ?? '')]
      .flatMap((id) => directory.find(id) ?? [])
      .filter((group) => !path.includes(group));
    if (above.length === 0 && path.length > 1) found.push([...path]);
    for (const group of above) climb([group, ...path]);
  };
  climb([user]);
  if (found.length === 0) return html`<p class="faint">Not in any group.</p>`;
  const steps = (path: readonly DirectoryObject[]): Html[] =>
    path.map((step, index) => html`${index === 0 ? '' : ' › '}${linkTo(directory.tenant.id, step)}`);
  return html`<ul>
    ${found.map((path) => html`<li>${steps(path.slice(0, -1))}</li>`)}
  </ul>`;
}

function list(directory: DirectoryReads, ids: Iterable<string>): Html | undefined {
  const objects = [...ids].flatMap((id) => directory.find(id) ?? []);
  if (objects.length === 0) return undefined;
  return html`<ul>
    ${objects.map((object) => html`<li>${linkTo(directory.tenant.id, object)}</li>`)}
  </ul>`;
}
