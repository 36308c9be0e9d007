import { groupProperties } from '../../directory/group-properties.ts';
import type { Properties } from '../../directory/property-type.ts';
import { userProperties } from '../../directory/user-properties.ts';
import { directoryRoutes } from '../../graph/routes.ts';
import { isJsonObject } from '../../json.ts';
import type { FactWorld } from '../fact-world.ts';
import { bodyOf, onStage, type RecordedAnswer } from '../examples/stage.ts';
import { richDirectory, richIds } from './rich-directory.ts';

/** What stands for the parts of a path that a route names. */
const parameters: Readonly<Record<string, readonly string[]>> = {
  user: [richIds.user, richIds.plainUser],
  group: [richIds.group, richIds.plainGroup],
  item: [richIds.userToDelete, richIds.groupToDelete],
  device: [richIds.device],
  deviceId: [richIds.deviceId],
  contact: [richIds.contact],
  principal: [richIds.servicePrincipal],
  appId: [richIds.appId],
  object: [richIds.user, richIds.group, richIds.device, richIds.contact, richIds.servicePrincipal],
  size: ['48x48'],
};

const queries = [
  '',
  '?$count=true',
  '?$top=1',
  `?$select=${names(userProperties, false)}`,
  `?$select=${names(userProperties, true)}`,
  `?$select=${names(groupProperties, false)}`,
  `?$select=${names(groupProperties, true)}`,
  '?$expand=manager',
  '?$expand=members',
];

/**
 * Asks every read route of the directory for everything that it can show, page by page. Returns the routes that did not
 * answer at all, since about them nothing is known.
 */
export function sweep(record: (answer: RecordedAnswer) => void): Promise<string[]> {
  return onStage(record, async (stage) => {
    const world = await stage.open({ directory: richDirectory() });
    await bodyOf(world.call('DELETE', `/users/${richIds.userToDelete}`), 204);
    await bodyOf(world.call('DELETE', `/groups/${richIds.groupToDelete}`), 204);
    await readByIds(world);
    const silent: string[] = [];
    for (const { method, path } of directoryRoutes) {
      if (method === 'GET' && !(await answers(world, path))) silent.push(`${method} ${path}`);
    }
    return silent;
  });
}

async function answers(world: FactWorld, path: string): Promise<boolean> {
  let answered = false;
  for (const address of addressesOf(path).flatMap((one) => queries.map((query) => one + query))) {
    answered = (await readPages(world, address)) || answered;
  }
  return answered;
}

/** Whether there was an answer. A query that a route does not know is refused, which is fine here. */
async function readPages(world: FactWorld, address: string): Promise<boolean> {
  const { status, body } = await world.call('GET', address, { headers: { consistencylevel: 'eventual' } });
  const next = isJsonObject(body) ? body['@odata.nextLink'] : undefined;
  if (typeof next === 'string') await readPages(world, next);
  return status === 200;
}

async function readByIds(world: FactWorld): Promise<void> {
  const body = { ids: Object.values(richIds) };
  for (const query of queries) await world.call('POST', `/directoryObjects/getByIds${query}`, { body });
}

function addressesOf(path: string): string[] {
  const [, name] = /\{(\w+)\}/.exec(path) ?? [];
  if (name === undefined) return [path];
  const values = parameters[name];
  if (values === undefined) throw new TypeError(`nothing stands for {${name}} of ${path}`);
  return values.flatMap((value) => addressesOf(path.replace(`{${name}}`, value)));
}

function names(properties: Properties, singleOnly: boolean): string {
  return Object.keys(properties)
    .filter((name) => singleOnly || !properties[name]?.singleOnly)
    .join(',');
}
