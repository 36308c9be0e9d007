import { html, type Html } from '../entra/pages/html.ts';
import type { DirectoryObject } from '../directory/change.ts';

/** Where the page about a user or a group is. */
export function pathOf(tenantId: string, { kind, id }: Pick<DirectoryObject, 'kind' | 'id'>): string {
  return `/_emulator/tenants/${tenantId}/${kind === 'group' ? 'groups' : 'users'}/${id}`;
}

export function nameOf({ id, properties }: DirectoryObject): string {
  const name = properties['displayName'];
  return typeof name === 'string' ? name : id;
}

/** Its name, as a link where there is a page about it. */
export function linkTo(tenantId: string, object: DirectoryObject): Html {
  const name = nameOf(object);
  if (object.kind !== 'user' && object.kind !== 'group') return html`${name} <span class="mark">${object.kind}</span>`;
  const isDisabled = object.kind === 'user' && object.properties['accountEnabled'] === false;
  return html`<a href="${pathOf(tenantId, object)}">${name}</a
    >${isDisabled ? html` <span class="mark">disabled</span>` : undefined}`;
}
