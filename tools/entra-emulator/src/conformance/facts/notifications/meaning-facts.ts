import type { Fact } from '../../fact.ts';
import { DAY } from './durations.ts';
import { allDelivered, inFuture, newGroup, newUser, subscribed, type Subscribed, subscribing } from './subscribing.ts';
import { TEAM } from './tenant.ts';

/** What one step of the life of a user or a Microsoft 365 group is told as. */
type Step = 'created' | 'updated' | 'soft-deleted' | 'restored' | 'deleted';

const steps: readonly Step[] = ['created', 'updated', 'soft-deleted', 'restored', 'deleted'];

/** Lets an object live up to a step, and returns what that step alone was told as. */
function told(collection: 'users' | 'groups', step: Step): Fact['ask'] {
  return subscribed({ resource: collection }, async (subscription) => {
    const { world, receiver } = subscription;
    const id = collection === 'users' ? await newUser(world) : await newGroup(world);
    const path = `/${collection}/${id}`;
    const lives: Record<Step, () => Promise<unknown>> = {
      created: () => Promise.resolve(),
      updated: () => world.call('PATCH', path, { body: { displayName: 'Renamed' } }),
      'soft-deleted': () => world.call('DELETE', path),
      restored: () => world.call('POST', `/directory/deletedItems/${id}/restore`),
      deleted: async () => {
        await world.call('DELETE', path);
        await world.pass(1000);
        receiver.reset();
        return world.call('DELETE', `/directory/deletedItems/${id}`);
      },
    };
    for (const present of steps.slice(0, steps.indexOf(step) + 1)) {
      if (present !== 'created') receiver.reset();
      await lives[present]();
      await world.pass(1000);
    }
    return allDelivered(subscription);
  });
}

function isTold(collection: 'users' | 'groups', step: Step): Fact {
  const changeType = step === 'deleted' ? 'deleted' : 'updated';
  return {
    lines: step === 'soft-deleted' ? ['1.4/2', '1.4/3'] : ['1.4/2'],
    says: `tells of ${collection} that were ${step === 'deleted' ? 'deleted for good' : step} as ${changeType}`,
    ask: told(collection, step),
    absent: ['value.1'],
    values: { 'value.0.changeType': changeType },
  };
}

/** Goes on from a subscription to deletions that lasts so long. */
function lasting(ms: number, goOn: (subscription: Subscribed) => ReturnType<Fact['ask']>): Fact['ask'] {
  return (world) => subscribed({ changeType: 'deleted', expirationDateTime: inFuture(world, ms) }, goOn)(world);
}

/** Which change type stands for what. */
export const meaningFacts: readonly Fact[] = [
  ...['updated', 'deleted', 'updated,deleted'].map((changeType) => ({
    lines: ['1.4/1'],
    says: `takes the change type ${changeType}`,
    ask: subscribing({ changeType }),
    status: 201,
    values: { changeType },
  })),
  ...['users', 'groups'].map((resource) => ({
    lines: ['1.4/1'],
    says: `refuses the change type created for ${resource}`,
    ask: subscribing({ resource, changeType: 'created,updated' }),
    status: 400,
    code: 'InvalidRequest',
  })),
  ...steps.flatMap((step) => [isTold('users', step), isTold('groups', step)]),
  {
    lines: ['1.4/2'],
    says: 'does not tell a subscription to deletions of a soft deletion',
    ask: subscribed({ resource: 'groups', changeType: 'deleted' }, async (subscription) => {
      await subscription.world.call('DELETE', `/groups/${TEAM}`);
      await subscription.world.pass(1000);
      return allDelivered(subscription);
    }),
    values: { value: [] },
  },
  {
    lines: ['1.4/3'],
    says: 'no longer finds a user whose soft deletion it told of',
    ask: subscribed({}, async ({ world }) => {
      const id = await newUser(world);
      await world.call('DELETE', `/users/${id}`);
      return world.call('GET', `/users/${id}`);
    }),
    status: 404,
    code: 'Request_ResourceNotFound',
  },
  {
    lines: ['1.4/3'],
    says: 'tells of the deletion for good by itself, 30 days after the soft one',
    ask: lasting(25 * DAY, async (subscription) => {
      const { world, receiver, id } = subscription;
      const user = await newUser(world);
      await world.call('DELETE', `/users/${user}`);
      for (const days of [20, 9.9, 0.2]) {
        await world.pass(days * DAY);
        receiver.reset();
        await world.call('PATCH', `/subscriptions/${id}`, { body: { expirationDateTime: inFuture(world, 25 * DAY) } });
      }
      await world.pass(1000);
      return { ...allDelivered(subscription), headers: { user } };
    }),
    check: ({ body, headers }) =>
      (body as { value: { resource: string }[] }).value.some(({ resource }) => resource === `Users/${headers['user']}`)
        ? undefined
        : 'nothing was told',
  },
];
