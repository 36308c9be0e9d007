import { groupProperties } from '../../directory/group-properties.ts';
import type { Properties } from '../../directory/property-type.ts';
import { userProperties } from '../../directory/user-properties.ts';
import { directoryRoutes } from '../../graph/routes.ts';
import { isJsonObject } from '../../json.ts';
import type { FactWorld } from '../fact-world.ts';
import { objectsIn, textOf } from '../examples/seed.ts';
import { bodyOf, onStage, type RecordedAnswer } from '../examples/stage.ts';
import { richDirectory, richIds } from './rich-directory.ts';

/** What stands for the parts of a path that a route names. */
type Parameters = Readonly<Record<string, readonly string[]>>;

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
    const parameters = await parametersFor(world);
    const silent: string[] = [];
    for (const { method, path } of directoryRoutes) {
      if (method === 'GET' && !(await answers(world, addressesOf(path, parameters)))) silent.push(`${method} ${path}`);
    }
    return silent;
  });
}

async function parametersFor(world: FactWorld): Promise<Parameters> {
  return {
    user: [richIds.user, richIds.plainUser],
    group: [richIds.group, richIds.plainGroup],
    item: [richIds.userToDelete, richIds.groupToDelete],
    device: [richIds.device],
    deviceId: [richIds.deviceId],
    contact: [richIds.contact],
    principal: [richIds.servicePrincipal],
    object: [richIds.user, richIds.group, richIds.device, richIds.contact, richIds.servicePrincipal],
    size: ['48x48'],
    organization: [world.emulator.tenantId],
    appId: [richIds.appId],
    application: await idsOf(world, '/applications'),
  };
}

async function idsOf(world: FactWorld, address: string): Promise<string[]> {
  return objectsIn((await bodyOf(world.call('GET', address)))['value']).map(({ id }) => textOf(id));
}

async function answers(world: FactWorld, addresses: readonly string[]): Promise<boolean> {
  let answered = false;
  for (const address of addresses.flatMap((one) => queries.map((query) => one + query))) {
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

function addressesOf(path: string, parameters: Parameters): string[] {
  const [, name] = /\{(\w+)\}/.exec(path) ?? [];
  if (name === undefined) return [path];
  const values = parameters[name];
  if (values === undefined) throw new TypeError(`nothing stands for {${name}} of ${path}`);
  return values.flatMap((value) => addressesOf(path.replace(`{${name}}`, value), parameters));
}

function names(properties: Properties, singleOnly: boolean): string {
  return Object.keys(properties)
    .filter((name) => singleOnly || !properties[name]?.singleOnly)
    .join(',');
}
