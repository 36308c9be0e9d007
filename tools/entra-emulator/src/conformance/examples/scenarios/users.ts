import { defaultUserProperties } from '../../../directory/user-properties.ts';
import type { JsonObject } from '../../../json.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf, objectsIn, textOf } from '../seed.ts';
import { bodyOf, type Stage } from '../stage.ts';

/** Reading users: one, all, and with their managers. */
export const userScenarios: readonly Scenario[] = [
  {
    file: 'users/get-user-default.json',
    answer: (example, stage) => readUser(stage, example, ''),
    extra: ['/@odata.context'],
    oddity: 'the page leaves @odata.context out',
  },
  {
    file: 'users/get-user-select.json',
    answer: (example, stage) => readUser(stage, example, `?$select=${ownNames(example).join(',')}`),
  },
  {
    file: 'users/list-users.json',
    answer: (example, stage) => listUsers(stage, example, ''),
  },
  {
    file: 'users/list-users-count-silently-ignored.json',
    answer: (example, stage) => listUsers(stage, example, '?$count=true'),
    extra: defaultUserProperties.map((name) => `/value/*/${name}`),
    oddity: 'the page shows three of the default properties',
  },
  {
    file: 'users/get-manager.json',
    async answer(manager, stage) {
      const report = { id: '10000000-0000-4000-8000-000000000001', manager: { id: textOf(manager['id']) } };
      const world = await stage.open({ directory: directoryOf({ users: [manager, report] }) });
      return bodyOf(world.call('GET', `/users/${report.id}/manager?$select=${ownNames(manager).join(',')}`));
    },
    extra: ['/@odata.context', '/@odata.type'],
    oddity: 'the page leaves @odata.context and @odata.type out',
  },
  {
    file: 'users/list-users-expand-manager.json',
    async answer(example, stage) {
      const users = objectsIn(example['value']);
      const managers = users.flatMap(({ manager }) => (manager === undefined ? [] : [manager as JsonObject]));
      const world = await stage.open({ directory: directoryOf({ users: [...users.map(withManagerId), ...managers] }) });
      const filter = users.map(({ id }) => `id eq '${textOf(id)}'`).join(' or ');
      return bodyOf(world.call('GET', `/users?$select=id,displayName&$expand=manager&$filter=${filter}`));
    },
    extra: defaultUserProperties.map((name) => `/value/*/manager/${name}`),
    oddity: 'the manager is cut to two properties, which $expand can only do for one user with $levels',
  },
];

async function readUser(stage: Stage, user: JsonObject, query: string): Promise<unknown> {
  const directory = directoryOf({ users: [user] });
  const world = await stage.open({ directory });
  return bodyOf(world.call('GET', `/users/${directory.users[0]?.id ?? ''}${query}`));
}

async function listUsers(stage: Stage, example: JsonObject, query: string): Promise<unknown> {
  const world = await stage.open({ directory: directoryOf({ users: objectsIn(example['value']) }) });
  return bodyOf(world.call('GET', `/users${query}`));
}

function ownNames(object: JsonObject): string[] {
  return Object.keys(object).filter((name) => !name.startsWith('@'));
}

function withManagerId({ manager, ...user }: JsonObject): JsonObject {
  return manager === undefined ? user : { ...user, manager: { id: textOf((manager as JsonObject)['id']) } };
}
