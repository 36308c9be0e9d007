import type { Application } from '../../../entra/ports.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf } from '../seed.ts';
import { bodyOf } from '../stage.ts';
import { latestLink } from './latest-link.ts';

const USER = '10000000-0000-4000-8000-000000000001';
const GROUP = '20000000-0000-4000-8000-000000000001';
const EIGHT_DAYS_MS = 8 * 86_400_000;

const withoutPermissions: Application = {
  appId: '30000000-0000-4000-8000-000000000001',
  displayName: 'Without permissions',
  passwordCredentials: [{ secretText: 'a secret of the example' }],
  web: { redirectUris: [] },
  appRoles: [],
};

/** Refusals. */
export const errorScenarios: readonly Scenario[] = [
  {
    file: 'errors/authorization-request-denied-403.json',
    async answer(_example, stage) {
      const world = await stage.open({ directory: directoryOf({ applications: [withoutPermissions] }) });
      return bodyOf(world.call('GET', '/users'), 403);
    },
  },
  {
    file: 'errors/delta-400-sync-state-not-found.json',
    async answer(_example, stage) {
      const world = await stage.open({ directory: directoryOf({}) });
      const link = await latestLink(world, '/users/delta?$select=id');
      world.advance(EIGHT_DAYS_MS);
      return bodyOf(world.call('GET', link), 400);
    },
  },
  {
    file: 'errors/manager-404-not-set.json',
    async answer(_example, stage) {
      const world = await stage.open({ directory: directoryOf({ users: [{ id: USER }] }) });
      return bodyOf(world.call('GET', `/users/${USER}/manager`), 404);
    },
  },
  {
    file: 'errors/unsupported-query.json',
    async answer(_example, stage) {
      const world = await stage.open({ directory: directoryOf({ groups: [{ id: GROUP }] }) });
      // A cast without the header that advanced queries need.
      return bodyOf(world.call('GET', `/groups/${GROUP}/transitiveMembers/microsoft.graph.user`), 400);
    },
  },
  {
    file: 'errors/throttling-429.json',
    oddity: 'the page leaves client-request-id out',
    async answer(_example, stage) {
      const world = await stage.open({ directory: directoryOf({ groups: [{ id: GROUP }] }) });
      await spendBudget(world);
      return bodyOf(world.call('GET', '/users'), 429);
    },
    extra: ['/error/innerError/client-request-id'],
  },
  {
    file: 'errors/throttling-429-subscription-service.json',
    oddity: "a limit of Microsoft's data centre, which a fault stands for",
    async answer(example, stage) {
      const { message } = example['error'] as { message: string };
      const fault = { status: 429, retryAfter: 5, message };
      const faults = { beforeRequest: () => fault };
      const world = await stage.open({ directory: directoryOf({}), faults });
      return bodyOf(world.call('GET', '/subscriptions'), 429);
    },
  },
];

/** Batches of the dearest requests, until the ten seconds' budget of a small tenant is gone. */
async function spendBudget(world: FactWorld): Promise<void> {
  const requests = Array.from({ length: 20 }, (_, index) => ({
    id: String(index),
    method: 'GET',
    url: `/groups/${GROUP}/transitiveMembers`,
  }));
  for (let spent = 0; spent <= 3500; spent += 100) await bodyOf(world.call('POST', '/$batch', { body: { requests } }));
}
