import type { Fact } from '../../fact.ts';
import { atNewEndpoint } from './delivering.ts';
import { MINUTE, HOUR, DAY } from './durations.ts';
import { changeJob, inFuture, type Subscribed } from './subscribing.ts';

function renew({ world, id }: Subscribed) {
  return world.call('PATCH', `/subscriptions/${id}`, { body: { expirationDateTime: inFuture(world, DAY) } });
}

/** Changes something when the token of the subscription has run out, renews after some time or not at all. */
function afterTheToken(renewAfter: number | undefined): Fact['ask'] {
  return (world) =>
    atNewEndpoint(world, async (subscription) => {
      const { receiver } = subscription;
      await world.pass(HOUR);
      await changeJob(world);
      await world.pass(renewAfter ?? 2 * HOUR);
      const before = receiver.deliveries().length;
      if (renewAfter !== undefined) await renew(subscription);
      await world.pass(10 * MINUTE);
      const endpoint = world.emulator.notifications.endpoints().get(new URL(receiver.origin).host);
      return { status: 0, headers: {}, body: { before, after: receiver.deliveries().length, endpoint } };
    });
}

/** The access token that a subscription was made with runs out within the hour. */
export const tokenFacts: readonly Fact[] = [
  {
    lines: ['1.5/10'],
    says: 'delivers as long as the token lasts',
    ask: (world) =>
      atNewEndpoint(world, async ({ receiver }) => {
        await world.pass(58 * MINUTE);
        await changeJob(world);
        await world.pass(1000);
        return { status: 0, headers: {}, body: { after: receiver.deliveries().length } };
      }),
    values: { after: 1 },
  },
  {
    lines: ['1.5/10'],
    says: 'delivers nothing once it has run out',
    ask: afterTheToken(undefined),
    values: { before: 0, after: 0 },
  },
  {
    lines: ['1.5/10'],
    says: 'delivers what was kept when it is renewed within four hours',
    ask: afterTheToken(3 * HOUR),
    values: { before: 0, after: 1 },
  },
  {
    lines: ['1.5/10', '1.5/7'],
    says: 'has lost it after four hours',
    ask: afterTheToken(4.1 * HOUR),
    values: { before: 0, after: 0 },
  },
  {
    lines: ['1.5/10'],
    says: 'does not hold it against the endpoint',
    ask: afterTheToken(3 * HOUR),
    values: { endpoint: 'healthy' },
  },
];
