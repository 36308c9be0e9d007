import type { FactWorld } from '../../fact-world.ts';
import type { Fact, FactAnswer } from '../../fact.ts';
import { answering, atNewEndpoint, changesOneByOne, noted } from './delivering.ts';
import { SECOND, MINUTE } from './durations.ts';
import { changeJob, wanted, type Subscribed } from './subscribing.ts';
import { groupsReader, INNER } from './tenant.ts';

/** Makes an endpoint slow: of eleven answers two take too long for the first attempt. */
async function slowDown(subscription: Subscribed): Promise<void> {
  await changesOneByOne(subscription, 9, SECOND);
  subscription.receiver.answering = answering(202, 4000);
  await changesOneByOne(subscription, 1, 30 * SECOND);
  subscription.receiver.reset();
}

/** Makes it worse: retries that are not answered at all. */
async function breakDown(subscription: Subscribed): Promise<void> {
  await changesOneByOne(subscription, 9, SECOND);
  subscription.receiver.answering = (posted, token) =>
    token === undefined ? undefined : answering(202)(posted, token);
  await changesOneByOne(subscription, 1, 20 * SECOND);
  subscription.receiver.reset();
}

/** How many deliveries there are after a change and some time. */
async function countAfter({ world, receiver }: Subscribed, ms: number): Promise<number> {
  await world.pass(ms);
  return receiver.deliveries().length;
}

function stateOf(world: FactWorld, { origin }: { origin: string }): string | undefined {
  return world.emulator.notifications.endpoints().get(new URL(origin).host);
}

function asFact(body: Record<string, unknown>): FactAnswer {
  return { status: 0, headers: {}, body };
}

const slow: Fact[] = [
  {
    lines: ['1.5/3'],
    says: 'delays what is new by 10 minutes once more than a tenth of the answers took over 3 seconds',
    ask: (world) =>
      atNewEndpoint(world, async (subscription) => {
        await slowDown(subscription);
        await changeJob(world);
        const at9 = await countAfter(subscription, 9 * MINUTE);
        return asFact({ at9, at11: await countAfter(subscription, 2 * MINUTE) });
      }),
    values: { at9: 0, at11: 1 },
  },
  {
    lines: ['1.5/3'],
    says: 'does not for a tenth',
    ask: (world) =>
      atNewEndpoint(world, async (subscription) => {
        await changesOneByOne(subscription, 28, SECOND);
        await slowDown(subscription);
        await changeJob(world);
        return asFact({ soon: await countAfter(subscription, SECOND) });
      }),
    values: { soon: 1 },
  },
  {
    lines: ['1.5/3'],
    says: 'judges anew after 10 minutes',
    ask: (world) =>
      atNewEndpoint(world, async (subscription) => {
        await slowDown(subscription);
        const before = stateOf(world, subscription.receiver);
        await world.pass(11 * MINUTE);
        await changeJob(world);
        return asFact({ before, soon: await countAfter(subscription, SECOND) });
      }),
    values: { before: 'slow', soon: 1 },
  },
  {
    lines: ['1.5/3'],
    says: 'keeps an endpoint slow whose few answers in those minutes were slow as well',
    ask: (world) =>
      atNewEndpoint(world, async (subscription) => {
        await slowDown(subscription);
        await changeJob(world);
        subscription.receiver.answering = answering(202, 4000);
        await world.pass(9 * MINUTE);
        await changeJob(world);
        await world.pass(10.5 * MINUTE);
        return asFact({ after: stateOf(world, subscription.receiver) });
      }),
    values: { after: 'slow' },
  },
  {
    lines: ['1.5/5'],
    says: 'never calls an endpoint slow that answers within 2.9 seconds',
    ask: (world) =>
      atNewEndpoint(world, async (subscription) => {
        subscription.receiver.answering = answering(202, 2900);
        await changesOneByOne(subscription, 20, 3 * SECOND);
        return asFact({ state: stateOf(world, subscription.receiver) });
      }),
    values: { state: 'healthy' },
  },
];

const drop: Fact[] = [
  {
    lines: ['1.5/4'],
    says: 'drops everything for 10 minutes once more than 15 % of the retries took over 10 seconds',
    ask: (world) =>
      atNewEndpoint(world, async (subscription) => {
        await breakDown(subscription);
        await changeJob(world);
        const within = await countAfter(subscription, 9 * MINUTE);
        await world.pass(2 * MINUTE);
        const later = subscription.receiver.deliveries().length;
        await changeJob(world);
        return asFact({ within, later, afterwards: await countAfter(subscription, SECOND) });
      }),
    values: { within: 0, later: 0, afterwards: 1 },
  },
  {
    lines: ['1.5/4'],
    says: 'drops what waits to be tried again too',
    ask: (world) =>
      atNewEndpoint(world, async (subscription) => {
        await breakDown(subscription);
        await world.pass(MINUTE);
        return asFact({ last: noted(subscription).at(-1)?.outcome });
      }),
    values: { last: 'dropped' },
  },
];

const shared: Fact[] = [
  {
    lines: ['1.5/6'],
    says: 'makes every subscription of a slow endpoint wait, whatever its path and its application',
    ask: (world) =>
      atNewEndpoint(world, async (subscription) => {
        await slowDown(subscription);
        const { receiver } = subscription;
        const other = { resource: `groups/${INNER}`, notificationUrl: `${receiver.origin}/elsewhere` };
        const token = await world.token(groupsReader.appId);
        const { status } = await world.call('POST', '/subscriptions', { body: wanted(world, receiver, other), token });
        await world.call('PATCH', `/groups/${INNER}`, { body: { description: `At ${world.now().getTime()}` } });
        return asFact({ status, at9: await countAfter(subscription, 9 * MINUTE) });
      }),
    values: { status: 201, at9: 0 },
  },
  {
    lines: ['1.5/6'],
    says: 'lets another endpoint have its notifications meanwhile',
    ask: (world) =>
      atNewEndpoint(world, async (slowOne) => {
        await slowDown(slowOne);
        return atNewEndpoint(world, async (other) => {
          await changeJob(world);
          return asFact({ soon: await countAfter(other, SECOND) });
        });
      }),
    values: { soon: 1 },
  },
];

/** What becomes of endpoints that answer slowly. */
export const endpointFacts: readonly Fact[] = [...slow, ...drop, ...shared];
