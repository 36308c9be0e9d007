import type { DeliveryEntry } from '../../../notifications/delivery-log.ts';
import type { Fact, FactGroup } from '../../fact.ts';
import type { Answering } from '../../receiver.ts';
import { answering, atNewEndpoint, beyondTheToken, changesOneByOne, noted } from './delivering.ts';
import { SECOND, MINUTE, HOUR } from './durations.ts';
import { endpointFacts } from './endpoint-facts.ts';
import { allDelivered, changeJob } from './subscribing.ts';
import { ADELE, BRIAN, openNotificationWorld } from './tenant.ts';
import { tokenFacts } from './token-facts.ts';

/** A change whose deliveries are answered like this, and the attempts that are made within some time. */
function attempts(answers: Answering, ms: number): Fact['ask'] {
  return (world) =>
    beyondTheToken(world, async (subscription) => {
      subscription.receiver.answering = answers;
      await changeJob(world);
      await world.pass(ms);
      return { status: 0, headers: {}, body: { attempts: noted(subscription) } };
    });
}

function attemptsOf(body: unknown): readonly DeliveryEntry[] {
  return (body as { attempts: DeliveryEntry[] }).attempts;
}

const success: Fact[] = [200, 202, 204].map((status) => ({
  lines: ['1.5/1'],
  says: `takes ${status} for delivered`,
  ask: attempts(answering(status), MINUTE),
  absent: ['attempts.1'],
  values: { 'attempts.0.outcome': 'delivered', 'attempts.0.status': status },
}));

const failure: Fact[] = [301, 400, 404, 410, 429, 500, 503].map((status) => ({
  lines: status >= 500 ? ['1.5/1', '1.5/2'] : ['1.5/2'],
  says: `delivers again after ${status}`,
  ask: attempts(answering(status), 5 * SECOND),
  keys: ['attempts.1'],
  values: { 'attempts.0.outcome': 'refused', 'attempts.0.status': status, 'attempts.1.attempt': 2 },
}));

const limits: Fact[] = [
  {
    lines: ['1.5/2'],
    says: 'waits 3 seconds for the first answer',
    ask: attempts(answering(202, 3100), 4 * SECOND),
    values: { 'attempts.0.outcome': 'timed-out', 'attempts.0.ms': 3 * SECOND },
  },
  {
    lines: ['1.5/2', '1.5/5'],
    says: 'is content with an answer after 2.9 seconds',
    ask: attempts(answering(202, 2900), MINUTE),
    absent: ['attempts.1'],
    values: { 'attempts.0.outcome': 'delivered', 'attempts.0.ms': 2900 },
  },
  {
    lines: ['1.5/2'],
    says: 'waits longer when it tries again',
    ask: attempts(answering(202, 9900), 30 * SECOND),
    absent: ['attempts.2'],
    values: { 'attempts.0.outcome': 'timed-out', 'attempts.1.outcome': 'delivered', 'attempts.1.ms': 9900 },
  },
  {
    lines: ['1.5/2'],
    says: 'waits 10 seconds then',
    ask: attempts(answering(202, 11_000), 30 * SECOND),
    values: { 'attempts.1.outcome': 'timed-out', 'attempts.1.ms': 10 * SECOND },
  },
  {
    lines: ['1.5/2'],
    says: 'tries again at growing distances',
    ask: attempts(answering(500), 10 * MINUTE),
    check({ body }) {
      const starts = attemptsOf(body).map(({ at }) => at);
      const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
      return gaps.length > 5 && gaps.every((gap, index) => index === 0 || gap > (gaps[index - 1] ?? 0))
        ? undefined
        : `the distances are ${gaps.join()}`;
    },
  },
  {
    lines: ['1.5/7', '1.5/2'],
    says: 'gives a notification up after four hours',
    ask: attempts(answering(500), 6 * HOUR),
    check({ body }) {
      const all = attemptsOf(body);
      const hours = ((all.at(-1)?.at ?? 0) - (all[0]?.at ?? 0)) / HOUR;
      return hours > 3.8 && hours <= 4 && all.at(-1)?.retryAt === undefined ? undefined : `it tried for ${hours} hours`;
    },
  },
  {
    lines: ['1.5/7'],
    says: 'delivers what an outage kept back when it is over, hours later',
    ask: (world) =>
      beyondTheToken(world, async (subscription) => {
        subscription.receiver.answering = answering(503);
        await changeJob(world);
        await world.pass(3 * HOUR);
        subscription.receiver.reset();
        await world.pass(10 * MINUTE);
        return allDelivered(subscription);
      }),
    absent: ['value.1'],
    values: { 'value.0.resource': `Users/${ADELE}` },
  },
];

const disorder: Fact[] = [
  {
    lines: ['1.5/8'],
    says: 'keeps no order: what is tried again comes after what came later',
    ask: (world) =>
      atNewEndpoint(world, async (subscription) => {
        let isFirst = true;
        subscription.receiver.answering = (posted, token) => {
          const answer = answering(isFirst && token === undefined ? 503 : 202)(posted, token);
          isFirst = isFirst && token !== undefined;
          return answer;
        };
        await changeJob(world, ADELE);
        await world.pass(500);
        await changeJob(world, BRIAN);
        await world.pass(MINUTE);
        return allDelivered(subscription);
      }),
    values: {
      'value.0.resource': `Users/${ADELE}`,
      'value.1.resource': `Users/${BRIAN}`,
      'value.2.resource': `Users/${ADELE}`,
    },
  },
  {
    lines: ['1.5/8'],
    says: 'delivers twice what was taken too late to be known',
    ask: (world) =>
      atNewEndpoint(world, async (subscription) => {
        subscription.receiver.answering = answering(202, 3500);
        await changesOneByOne(subscription, 1, 10 * SECOND);
        return allDelivered(subscription);
      }),
    values: { 'value.0.resource': `Users/${ADELE}`, 'value.1.resource': `Users/${ADELE}` },
  },
  {
    lines: ['1.5/9'],
    says: 'promises no time: a delivery can take an hour',
    ask: (world) =>
      beyondTheToken(world, async (subscription) => {
        world.emulator.notifications.faults.add({ kind: 'delay', ms: HOUR, count: 1 });
        await changeJob(world);
        await world.pass(59 * MINUTE);
        const before = subscription.receiver.deliveries().length;
        await world.pass(2 * MINUTE);
        return { status: 0, headers: {}, body: { before, after: subscription.receiver.deliveries().length } };
      }),
    values: { before: 0, after: 1 },
  },
];

/** How notifications get to an endpoint. */
export const deliveryFacts: readonly FactGroup[] = [
  {
    title: 'deliveries',
    world: () => openNotificationWorld(),
    facts: [...success, ...failure, ...limits, ...disorder],
  },
  { title: 'endpoints that answer slowly', world: () => openNotificationWorld(), facts: endpointFacts },
  { title: 'deliveries after the access token', world: () => openNotificationWorld(), facts: tokenFacts },
];
