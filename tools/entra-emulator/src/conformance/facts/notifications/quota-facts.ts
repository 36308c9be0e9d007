import type { JsonObject } from '../../../json.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Fact, FactAnswer, FactGroup } from '../../fact.ts';
import { allDelivered, beginAnew, newGroup, subscribed, wanted } from './subscribing.ts';
import {
  ADELE,
  BRIAN,
  CHRIS,
  everything,
  groupsReader,
  INNER,
  membersReader,
  openNotificationWorld,
  otherToken,
  OUTER,
} from './tenant.ts';

const people = [ADELE, BRIAN, CHRIS].map((id) => `users/${id}`);

/** Subscribes to one person after another, each time as one of the applications, and gives the last answer. */
async function subscribeToAll(world: FactWorld, resources: string[], ...appIds: string[]): Promise<FactAnswer> {
  const receiver = await world.receiver();
  beginAnew(world, receiver);
  const answers: FactAnswer[] = [];
  for (const [index, resource] of resources.entries()) {
    const token = await world.token(appIds[index % appIds.length]);
    answers.push(await world.call('POST', '/subscriptions', { body: wanted(world, receiver, { resource }), token }));
  }
  return answers.at(-1) ?? { status: 0, headers: {}, body: undefined };
}

function limited(limit: JsonObject, facts: readonly Fact[]): FactGroup {
  return {
    title: `subscriptions, with the limits ${JSON.stringify(limit)}`,
    world: () => openNotificationWorld({ subscriptionLimits: limit }),
    facts,
  };
}

/** What Graph's own figures are, asked where 100 can be made quickly. */
const hundred: Fact = {
  lines: ['1.1/8', '1.1/9'],
  says: 'gives an application 100 subscriptions in a tenant and no more',
  async ask(world) {
    const ids = await Promise.all(Array.from({ length: 101 }, () => newGroup(world)));
    return subscribeToAll(
      world,
      ids.map((id) => `groups/${id}`),
      everything.appId,
    );
  },
  status: 403,
  values: { 'error.message': /Forbidden.*limit of '100' subscriptions on tenant/ },
};

const everyGroup: Fact = {
  lines: ['1.1/9'],
  says: 'tells one subscription to groups of every group',
  ask: subscribed({ resource: 'groups' }, async ({ world, receiver }) => {
    for (const id of [OUTER, INNER]) await world.call('PATCH', `/groups/${id}`, { body: { description: 'New' } });
    await world.pass(1000);
    return allDelivered({ receiver });
  }),
  values: { 'value.0.resource': `Groups/${OUTER}`, 'value.1.resource': `Groups/${INNER}` },
};

/** How many subscriptions there may be. */
export const quotaFacts: readonly FactGroup[] = [
  { title: 'the number of subscriptions', world: () => openNotificationWorld(), facts: [everyGroup, hundred] },
  limited({ perApplicationAndTenant: 2 }, [
    {
      lines: ['1.1/8'],
      says: 'refuses one more of an application in a tenant, and names the limit',
      ask: (world) => subscribeToAll(world, people, everything.appId),
      status: 403,
      values: { 'error.message': /limit of '2' subscriptions on tenant/ },
    },
    {
      lines: ['1.1/8'],
      says: 'counts those of each application by themselves',
      ask: (world) => subscribeToAll(world, people, everything.appId, membersReader.appId),
      status: 201,
    },
  ]),
  limited({ perTenant: 2 }, [
    {
      lines: ['1.1/8'],
      says: 'refuses one more in a tenant, whichever application asks, and names the limit',
      ask: (world) =>
        subscribeToAll(
          world,
          [...people.slice(1), 'groups'],
          everything.appId,
          membersReader.appId,
          groupsReader.appId,
        ),
      status: 403,
      values: { 'error.message': /Tenant '.*' has reached its limit of '2' subscriptions/ },
    },
  ]),
  limited({ perApplication: 2 }, [
    {
      lines: ['1.1/8'],
      says: 'refuses one more of an application over all tenants, and names the limit',
      ask: (world) => subscribeToAll(world, people, everything.appId),
      status: 403,
      values: { 'error.message': /limit of '2' subscriptions over all tenants/ },
    },
    {
      lines: ['1.1/8'],
      says: 'counts what it has in another tenant',
      async ask(world) {
        await subscribeToAll(world, people.slice(1), everything.appId);
        const body = wanted(world, await world.receiver());
        return world.call('POST', '/subscriptions', { body, token: await otherToken(world) });
      },
      status: 403,
      values: { 'error.message': /limit of '2' subscriptions over all tenants/ },
    },
  ]),
];
