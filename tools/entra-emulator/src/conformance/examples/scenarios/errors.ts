import type { Application } from '../../../entra/ports.ts';
import type { JsonObject } from '../../../json.ts';
import { shown, type Form } from '../form.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf } from '../seed.ts';
import { bodyOf, type Stage } from '../stage.ts';
import { latestLink } from './latest-link.ts';

const USER = '10000000-0000-4000-8000-000000000001';
const GROUP = '20000000-0000-4000-8000-000000000001';
const MORE_THAN_ENOUGH = 100;
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
    answer: (_example, stage) => throttled(stage, '/users'),
    extra: ['/error/innerError/client-request-id'],
  },
  {
    file: 'errors/throttling-429-subscription-service.json',
    oddity: "the limit of a data centre; here the tenant's",
    answer: (_example, stage) => throttled(stage, '/subscriptions'),
    forms: { '/error/message': sameCategory },
  },
];

/** Asks until a budget is spent, which is a ten thousandth of Graph's. */
async function throttled(stage: Stage, address: string): Promise<JsonObject> {
  const world = await stage.open({ directory: directoryOf({}), throttling: { scale: 0.0001 } });
  for (let asked = 0; asked < MORE_THAN_ENOUGH; asked += 1) {
    const answer = await world.call('GET', address);
    if (answer.status !== 200) return bodyOf(Promise.resolve(answer), 429);
  }
  throw new Error(`${MORE_THAN_ENOUGH} requests were let in`);
}

/** The same sentence, but for who is limited and whose limit it is. */
function sameCategory(value: unknown, example: unknown): ReturnType<Form> {
  const [is, wanted] = [value, example].map((text) =>
    String(text).replace(/Identifier:.+ under category:(.+)\.\w+\.(\w+)\./, 'Identifier:… under category:$1.….$2.'),
  );
  return is === wanted ? undefined : `is ${shown(value)}, not like ${shown(example)}`;
}
