import type { JsonObject } from '../../../json.ts';
import type { FactWorld } from '../../fact-world.ts';
import { form } from '../form.ts';
import type { ForeignExample, Scenario } from '../scenario.ts';
import { directoryOf, objectsIn, replaced, textOf } from '../seed.ts';
import { bodyOf, type Stage } from '../stage.ts';
import { notificationsOf, subscribe } from './subscribe.ts';

const USER = '10000000-0000-4000-8000-000000000001';
const TENANT = '00000000-0000-4000-8000-000000000001';
const MICROSOFT_365 = { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false };

const forms = {
  '/value/*/subscriptionId': form.guid,
  '/value/*/subscriptionExpirationDateTime': form.offsetTime,
  '/value/*/resourceData/eventTime': form.utcTime,
  '/value/*/resourceData/sequenceNumber': form.wholeNumber,
};

/** What subscribers of users and groups are sent. */
export const notificationScenarios: readonly (Scenario | ForeignExample)[] = [
  {
    file: 'notifications/user-updated.json',
    corrected: withIds,
    async answer(example, stage) {
      const value = await changesTold(stage, example, {}, async (world, id) => {
        await bodyOf(world.call('PATCH', `/users/${id}`, { body: { jobTitle: 'Another' } }), 204);
      });
      return { value };
    },
    forms,
  },
  {
    file: 'notifications/user-deleted.json',
    corrected: withIds,
    async answer(example, stage) {
      const value = await changesTold(stage, example, {}, async (world, id) => {
        await bodyOf(world.call('DELETE', `/users/${id}`), 204);
        await bodyOf(world.call('DELETE', `/directory/deletedItems/${id}`), 204);
      });
      return { value };
    },
    forms,
  },
  {
    file: 'notifications/group-soft-deleted-arrives-as-updated.json',
    corrected: withIds,
    async answer(example, stage) {
      const value = await changesTold(stage, example, MICROSOFT_365, async (world, id) => {
        await bodyOf(world.call('DELETE', `/groups/${id}`), 204);
      });
      return { value };
    },
    forms,
  },
  {
    file: 'notifications/group-members-changed.json',
    oddity: 'two captures in one: somebody came, and left again',
    async answer(example, stage) {
      const [arrival = {}, departure = {}] = await changesTold(stage, example, {}, comeAndLeave(example));
      const data = [arrival, departure].map((notification) => notification['resourceData'] as JsonObject);
      const members = data.flatMap((one) => objectsIn(one['members@delta']));
      return { value: [{ ...arrival, resourceData: { ...data[0], 'members@delta': members } }] };
    },
    forms,
  },
  {
    file: 'notifications/message-created-docs-sample.json',
    foreign: 'about a message in a mailbox',
  },
];

/** The ids that the example leaves blank. */
function withIds(example: JsonObject): JsonObject {
  const blanks = ['<tenant-id>', '<<redacted>>', '<<readacted>>'].map((blank) => [blank, TENANT] as const);
  return replaced(example, ['<user-id>', USER], ...blanks);
}

/** Does something to the object of the example, and waits for what its subscriber is told. */
async function changesTold(
  stage: Stage,
  example: JsonObject,
  properties: JsonObject,
  change: (world: FactWorld, id: string) => Promise<void>,
): Promise<JsonObject[]> {
  const [sample = {}] = objectsIn(example['value']);
  const [resource = '', id = ''] = textOf(sample['resource']).split('/');
  const people = resource === 'Users' ? [{ id }] : membersIn(sample);
  const groups = resource === 'Users' ? [] : [{ ...properties, id }];
  // Nobody administers it, so whoever the example speaks of may be deleted.
  const tenantId = textOf(sample['tenantId']);
  const directory = directoryOf({ tenantId, users: people, groups, directoryRoles: [] });
  const world = await stage.open({ directory });
  const receiver = await stage.receiver(world);
  const [changeType, clientState] = [textOf(sample['changeType']), textOf(sample['clientState'])];
  await subscribe(world, receiver, { resource, changeType, clientState });
  await change(world, id);
  return notificationsOf(world, receiver);
}

/** Everyone who is mentioned, once. */
function membersIn(sample: JsonObject): JsonObject[] {
  const members = (sample['resourceData'] as JsonObject)['members@delta'];
  const ids = members === undefined ? [] : objectsIn(members).map((member) => textOf(member['id']));
  return [...new Set(ids)].map((id) => ({ id }));
}

function comeAndLeave(example: JsonObject): (world: FactWorld, id: string) => Promise<void> {
  const [sample = {}] = objectsIn(example['value']);
  const member = textOf(membersIn(sample)[0]?.['id']);
  return async (world, id) => {
    const body = { '@odata.id': `${world.emulator.graphBaseUrl}/v1.0/directoryObjects/${member}` };
    await bodyOf(world.call('POST', `/groups/${id}/members/$ref`, { body }), 204);
    await bodyOf(world.call('DELETE', `/groups/${id}/members/${member}/$ref`), 204);
  };
}
