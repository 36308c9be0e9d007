import type { JsonObject } from '../../../json.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf, objectsIn, replaced, textOf } from '../seed.ts';
import { bodyOf, type Stage } from '../stage.ts';
import { latestLink } from './latest-link.ts';

/** What changed among groups and their members. */
export const groupDeltaScenarios: readonly Scenario[] = [
  {
    file: 'delta/groups-page1-members.json',
    async answer(example, stage) {
      const rows = objectsIn(example['value']);
      const groups = rows.map((row) => ({ ...row, members: changesOf(row) }));
      const world = await openGroups(stage, [...groups, {}], rows.flatMap(changesOf), rows.length);
      return bodyOf(world.call('GET', '/groups/delta?$select=displayName,description,members'));
    },
  },
  {
    file: 'delta/groups-member-added-and-removed.json',
    oddity: 'an id lacks a digit on the page; it is given one',
    corrected: (example) => replaced(example, ['0027a8c6859"', '0027a8c68590"']),
    async answer(example, stage) {
      const rows = objectsIn(example['value']);
      const before = rows.map((row) => ({ ...row, members: changesOf(row).filter(isRemoval).map(asMember) }));
      const world = await openGroups(stage, before, rows.flatMap(changesOf), rows.length);
      const link = await latestLink(world, '/groups/delta?$select=displayName,description,members');
      for (const row of rows) await changeMembers(world, row);
      return bodyOf(world.call('GET', link));
    },
  },
  {
    file: 'delta/administrative-unit-nested-group-members.json',
    oddity: 'an administrative unit of beta; asked as groups/delta, which shows groups among members in the same way',
    corrected: (example) => replaced(example, ['/beta/', '/v1.0/'], ['administrativeunits', 'groups']),
    async answer(example, stage) {
      const rows = objectsIn(example['value']);
      const members = rows.flatMap(changesOf);
      const nested = members.filter((member) => member['@odata.type'] === '#microsoft.graph.group');
      const users = members.filter((member) => !nested.includes(member));
      const world = await openGroups(stage, [...rows, ...nested], users, rows.length);
      const link = await latestLink(world, '/groups/delta?$select=displayName,visibility,members');
      for (const row of rows) await changeMembers(world, row);
      // One more change, so that there is a second page.
      await bodyOf(
        world.call('PATCH', `/groups/${textOf(nested[0]?.['id'])}`, { body: { displayName: 'later' } }),
        204,
      );
      return bodyOf(world.call('GET', link));
    },
  },
];

function openGroups(
  stage: Stage,
  groups: readonly JsonObject[],
  users: readonly JsonObject[],
  pageSize: number,
): Promise<FactWorld> {
  return stage.open({ directory: directoryOf({ users, groups }), delta: { pageSize } });
}

/** Does to a group what its row says: members in, members out. */
async function changeMembers(world: FactWorld, row: JsonObject): Promise<void> {
  const members = `/groups/${textOf(row['id'])}/members`;
  for (const change of changesOf(row)) {
    const id = textOf(change['id']);
    const reference = { '@odata.id': `${world.emulator.graphBaseUrl}/v1.0/directoryObjects/${id}` };
    if (isRemoval(change)) await bodyOf(world.call('DELETE', `${members}/${id}/$ref`), 204);
    else await bodyOf(world.call('POST', `${members}/$ref`, { body: reference }), 204);
  }
}

function changesOf(row: JsonObject): JsonObject[] {
  return row['members@delta'] === undefined ? [] : objectsIn(row['members@delta']);
}

function isRemoval(change: JsonObject): boolean {
  return change['@removed'] !== undefined;
}

function asMember(change: JsonObject): JsonObject {
  return { '@odata.type': change['@odata.type'], id: change['id'] };
}
