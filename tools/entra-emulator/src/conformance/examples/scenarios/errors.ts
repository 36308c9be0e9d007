import type { Application } from '../../../entra/ports.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf } from '../seed.ts';
import { bodyOf } from '../stage.ts';
import { latestLink } from './latest-link.ts';

const USER = '10000000-0000-4000-8000-000000000001';
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
      const world = await stage.open({ directory: directoryOf({}) });
      return bodyOf(world.call('GET', "/users?$filter=endswith(mail,'@contoso.example')"), 400);
    },
  },
];
