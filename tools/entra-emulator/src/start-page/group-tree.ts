import type { DirectoryObject } from '../directory/change.ts';
import type { DirectoryReads } from '../directory/directory.ts';
import { html, type Html } from '../entra/pages/html.ts';
import { linkTo } from './paths.ts';

/** A page with more groups than this would help nobody: the rest is behind the link of its group. */
const MAX_SHOWN = 300;

/** The groups of a tenant, nested as they are. A group that contains itself is shown once on each way down. */
export function groupTree(directory: DirectoryReads): Html {
  const groups = directory.everyId('group').flatMap((id) => directory.find(id) ?? []);
  if (groups.length === 0) return html`<p class="faint">There are no groups.</p>`;
  const room = { left: MAX_SHOWN };
  const shown = new Set<string>();
  const tops = groups.filter(({ id }) => parentsOf(directory, id).length === 0);
  const trees = tops.map((top) => node(directory, top, [], room, shown));
  // Groups that only contain each other have no top: the first of each such ring stands for it.
  for (const group of groups) if (!shown.has(group.id)) trees.push(node(directory, group, [], room, shown));
  return html`<ul class="tree">
    ${trees}
  </ul>`;
}

function node(
  directory: DirectoryReads,
  group: DirectoryObject,
  above: readonly string[],
  room: { left: number },
  shown: Set<string>,
): Html {
  shown.add(group.id);
  if (room.left <= 0) return html``;
  room.left -= 1;
  const members = [...directory.memberIds(group.id)].flatMap((id) => directory.find(id) ?? []);
  const nested = members.filter(({ kind }) => kind === 'group');
  const label = html`${linkTo(directory.tenant.id, group)}
    <span class="faint">${members.length - nested.length} direct members</span>`;
  if (above.includes(group.id)) return html`<li>${label} <span class="mark">contains itself</span></li>`;
  if (nested.length === 0) return html`<li>${label}</li>`;
  const path = [...above, group.id];
  return html`<li>
    <details open>
      <summary>${label}</summary>
      <ul>
        ${nested.map((child) => node(directory, child, path, room, shown))}
      </ul>
    </details>
  </li>`;
}

function parentsOf(directory: DirectoryReads, id: string): DirectoryObject[] {
  return [...directory.groupIdsOf(id)].flatMap((parent) => directory.find(parent) ?? []);
}
