import type { JsonObject } from '../../../json.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf, objectsIn, textOf } from '../seed.ts';
import { bodyOf, type Stage } from '../stage.ts';
import { latestLink } from './latest-link.ts';

const NAMES = 'displayName,givenName,surname';

/** What changed among users. */
export const userDeltaScenarios: readonly Scenario[] = [
  {
    file: 'delta/users-page1-nextlink-with-removed.json',
    async answer(example, stage) {
      const rows = objectsIn(example['value']);
      const world = await openUsers(stage, [...rows, {}], rows.length);
      for (const { id, '@removed': removed } of rows) if (removed !== undefined) await remove(world, textOf(id), true);
      return bodyOf(world.call('GET', `/users/delta?$select=${NAMES}`));
    },
  },
  {
    file: 'delta/users-last-page-deltalink.json',
    async answer(example, stage) {
      const rows = objectsIn(example['value']);
      const world = await openUsers(stage, [...rows.map(() => ({})), ...rows], rows.length);
      const first = await bodyOf(world.call('GET', `/users/delta?$select=${NAMES}`));
      return bodyOf(world.call('GET', textOf(first['@odata.nextLink'])));
    },
  },
  {
    file: 'delta/users-no-changes.json',
    async answer(_example, stage) {
      const world = await openUsers(stage, [{}]);
      return bodyOf(world.call('GET', await latestLink(world, `/users/delta?$select=${NAMES}`)));
    },
  },
  {
    file: 'delta/users-changes-removed-changed.json',
    async answer(example, stage) {
      const rows = objectsIn(example['value']);
      const world = await openUsers(
        stage,
        rows.map(({ id }) => ({ id: textOf(id) })),
      );
      const link = await latestLink(world, `/users/delta?$select=${NAMES}`);
      for (const { id, '@removed': removed, ...properties } of rows) {
        if (removed === undefined) await bodyOf(world.call('PATCH', `/users/${textOf(id)}`, { body: properties }), 204);
        else await remove(world, textOf(id), false);
      }
      return bodyOf(world.call('GET', link));
    },
  },
  {
    file: 'delta/users-select-minimal.json',
    async answer(example, stage) {
      const rows = objectsIn(example['value']);
      const directory = directoryOf({ users: [...rows, {}].map(() => ({ jobTitle: 'before' })) });
      const world = await stage.open({ directory, delta: { pageSize: rows.length } });
      const link = await latestLink(world, '/users/delta?$select=displayName,jobTitle,mobilePhone');
      for (const [index, { id }] of directory.users.entries()) {
        const body = rows[index] ?? { mobilePhone: '1' };
        await bodyOf(world.call('PATCH', `/users/${id}`, { body }), 204);
      }
      return bodyOf(world.call('GET', link, { headers: { prefer: 'return=minimal' } }));
    },
    extra: ['/value/*/id'],
    oddity: 'the page leaves the id out, which delta always returns',
  },
  {
    file: 'delta/users-with-manager-delta.json',
    async answer(example, stage) {
      const rows = objectsIn(example['value']);
      const managers = rows.flatMap((row) => objectsIn(row['manager@delta']));
      const world = await openUsers(stage, [...rows, ...managers]);
      const names = Object.keys(rows[0] ?? {}).filter((name) => !name.includes('@'));
      const link = await latestLink(world, `/users/delta?$select=${names.join(',')},manager`);
      for (const [index, { id }] of rows.entries()) {
        const body = { '@odata.id': `${world.emulator.graphBaseUrl}/v1.0/users/${textOf(managers[index]?.['id'])}` };
        await bodyOf(world.call('PUT', `/users/${textOf(id)}/manager/$ref`, { body }), 204);
      }
      return bodyOf(world.call('GET', link));
    },
  },
];

function openUsers(stage: Stage, users: readonly JsonObject[], pageSize = 100): Promise<FactWorld> {
  return stage.open({ directory: directoryOf({ users }), delta: { pageSize } });
}

async function remove(world: FactWorld, id: string, forGood: boolean): Promise<void> {
  await bodyOf(world.call('DELETE', `/users/${id}`), 204);
  if (forGood) await bodyOf(world.call('DELETE', `/directory/deletedItems/${id}`), 204);
}
