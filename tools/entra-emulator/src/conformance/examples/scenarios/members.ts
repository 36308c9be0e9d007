import { defaultUserProperties } from '../../../directory/user-properties.ts';
import type { JsonObject } from '../../../json.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf, objectsIn, textOf } from '../seed.ts';
import { bodyOf, type Stage } from '../stage.ts';

const OUTER = '20000000-0000-4000-8000-000000000001';
const INNER = '20000000-0000-4000-8000-000000000002';

const otherProperties = defaultUserProperties.map((name) => `/value/*/${name}`);

/** The members of a group, its own and those of the groups in it. */
export const memberScenarios: readonly Scenario[] = [
  {
    file: 'members/list-members.json',
    async answer(example, stage) {
      const world = await openNested(stage, objectsIn(example['value']));
      return bodyOf(world.call('GET', `/groups/${INNER}/members`));
    },
    extra: ['/value/*/@odata.type', ...otherProperties],
    oddity: 'the page shows two of the properties of a member, without its type',
  },
  {
    file: 'members/transitive-members.json',
    async answer(example, stage) {
      const world = await openNested(stage, objectsIn(example['value']));
      return bodyOf(world.call('GET', `/groups/${OUTER}/transitiveMembers`));
    },
    extra: ['/@odata.context', ...otherProperties],
    shortened: ['/value'],
    oddity: 'the page shows one member, and two of its properties',
  },
  {
    file: 'members/transitive-members-user-cast.json',
    async answer(example, stage) {
      const shown = objectsIn(example['value']);
      const others = Array.from({ length: Number(example['@odata.count']) - shown.length }, (_, index) => ({
        id: `10000000-0000-4000-8000-00000000000${index}`,
      }));
      const world = await openNested(stage, [...shown, ...others]);
      const address = `/groups/${OUTER}/transitiveMembers/microsoft.graph.user?$count=true&$select=displayName,id`;
      return bodyOf(world.call('GET', address, { headers: { consistencylevel: 'eventual' } }));
    },
    shortened: ['/value'],
    oddity: 'the page counts seven and shows one',
  },
];

/** Everyone is in a group that is in another. */
function openNested(stage: Stage, users: readonly JsonObject[]): Promise<FactWorld> {
  const members = users.map(({ id }) => ({ '@odata.type': '#microsoft.graph.user', id: textOf(id) }));
  const groups = [
    { id: OUTER, members: [{ '@odata.type': '#microsoft.graph.group', id: INNER }] },
    { id: INNER, members },
  ];
  return stage.open({ directory: directoryOf({ users, groups }) });
}
