import type { JsonObject } from '../../../json.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Fact } from '../../fact.ts';
import { allDelivered, lastDelivery, subscribed, type Subscribed } from './subscribing.ts';
import { ADELE, BRIAN, CHRIS, INNER, OUTER } from './tenant.ts';

type Relation = 'members' | 'owners';

async function add(world: FactWorld, group: string, relation: Relation, id: string): Promise<void> {
  const body = { '@odata.id': `${world.emulator.graphBaseUrl}/v1.0/directoryObjects/${id}` };
  await succeed(world, 'POST', `/groups/${group}/${relation}/$ref`, body);
}

function remove(world: FactWorld, group: string, relation: Relation, id: string): Promise<void> {
  return succeed(world, 'DELETE', `/groups/${group}/${relation}/${id}/$ref`);
}

async function succeed(world: FactWorld, method: string, address: string, body?: JsonObject): Promise<void> {
  const answer = await world.call(method, address, body === undefined ? {} : { body });
  if (answer.status !== 204) throw new Error(`${method} ${address}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** Whoever is the only owner of a group can't be taken from it, so there is to be another. */
async function keepAnOwner(world: FactWorld): Promise<void> {
  const owners = [...world.emulator.directory.ownerIds(INNER)];
  if (!owners.includes(BRIAN)) await add(world, INNER, 'owners', BRIAN);
  await world.pass(1000);
}

/** Somebody comes into a group and leaves it again; what two deliveries say of it. */
function comeAndGo(relation: Relation): (subscription: Subscribed) => ReturnType<Fact['ask']> {
  return async (subscription) => {
    const { world, receiver } = subscription;
    await keepAnOwner(world);
    receiver.reset();
    await add(world, INNER, relation, ADELE);
    await world.pass(1000);
    await remove(world, INNER, relation, ADELE);
    await world.pass(1000);
    return allDelivered(subscription);
  };
}

function changes(relation: Relation, resource: string): Fact {
  return {
    lines: relation === 'members' ? ['1.3/8'] : ['1.1/5'],
    says: `tells a subscription to ${resource.replace(INNER, '{id}')} of ${relation} that came and went`,
    ask: subscribed({ resource, changeType: 'updated' }, comeAndGo(relation)),
    absent: ['value.2', `value.0.resourceData.${relation}@delta.0.@odata\\.type`],
    values: {
      'value.0.changeType': 'updated',
      'value.0.resource': `Groups/${INNER}`,
      'value.0.resourceData.@odata\\.type': '#Microsoft.Graph.Group',
      [`value.0.resourceData.${relation}@delta`]: [{ id: ADELE }],
      'value.1.changeType': 'updated',
      [`value.1.resourceData.${relation}@delta`]: [{ id: ADELE, '@removed': 'deleted' }],
    },
  };
}

/** What is told of members and owners. */
export const memberFacts: readonly Fact[] = [
  changes('members', 'groups'),
  changes('members', `groups/${INNER}`),
  changes('members', `groups/${INNER}/members`),
  changes('owners', `groups/${INNER}/owners`),
  changes('owners', 'groups'),
  {
    lines: ['1.3/6'],
    says: 'tells of members without a time and a number',
    ask: subscribed({ resource: 'groups', changeType: 'updated' }, comeAndGo('members')),
    absent: ['value.0.resourceData.eventTime', 'value.0.resourceData.sequenceNumber'],
  },
  {
    lines: ['1.3/8'],
    says: 'does not tell a subscription to members of another name for the group',
    ask: subscribed({ resource: `groups/${INNER}/members`, changeType: 'updated' }, async (subscription) => {
      await succeed(subscription.world, 'PATCH', `/groups/${INNER}`, { displayName: 'Renamed' });
      await subscription.world.pass(1000);
      return allDelivered(subscription);
    }),
    values: { value: [] },
  },
  {
    lines: ['1.3/9', '1.1/5'],
    says: 'does not tell a group of a change in a group within it',
    ask: subscribed({ resource: `groups/${OUTER}`, changeType: 'updated' }, async (subscription) => {
      await remove(subscription.world, INNER, 'members', CHRIS);
      await subscription.world.pass(1000);
      return allDelivered(subscription);
    }),
    values: { value: [] },
  },
  {
    lines: ['1.3/9'],
    says: 'tells all groups of that change, by the inner group',
    ask: subscribed({ resource: 'groups', changeType: 'updated' }, async (subscription) => {
      await add(subscription.world, INNER, 'members', CHRIS);
      return lastDelivery(subscription);
    }),
    absent: ['value.1'],
    values: { 'value.0.resource': `Groups/${INNER}` },
  },
];
