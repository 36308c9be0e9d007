import type { FactWorld } from '../../fact-world.ts';
import type { Fact, FactAnswer } from '../../fact.ts';
import { atNewEndpoint } from './delivering.ts';
import { DAY } from './durations.ts';
import { asAnswer, inFuture, type Subscribed } from './subscribing.ts';

/** Goes on from a subscription that has a lifecycle URL. */
export function withLifecycle(goOn: (subscription: Subscribed) => Promise<FactAnswer>, lifeMs = DAY): Fact['ask'] {
  return (world) =>
    atNewEndpoint(world, goOn, ({ origin }) => ({
      lifecycleNotificationUrl: `${origin}/lifecycle`,
      expirationDateTime: inFuture(world, lifeMs),
    }));
}

/** Asks the subscriber to reauthorise, now. */
export async function challenge({ world, id }: Subscribed): Promise<void> {
  if (!world.emulator.requireReauthorization(id)) throw new Error('nobody could be asked');
  await world.pass(1000);
}

/** Answers a challenge without extending the subscription. */
export function reauthorize({ world, id }: Subscribed): Promise<FactAnswer> {
  return world.call('POST', `/subscriptions/${id}/reauthorize`);
}

/** Extends the subscription, which answers a challenge as well. */
export function renew({ world, id }: Subscribed, ms = 2 * DAY): Promise<FactAnswer> {
  return world.call('PATCH', `/subscriptions/${id}`, { body: { expirationDateTime: inFuture(world, ms) } });
}

/** What came to the lifecycle URL, latest last. */
export function lifecyclePosts({ receiver }: Pick<Subscribed, 'receiver'>): FactAnswer[] {
  return receiver
    .deliveries()
    .filter(({ target }) => target === '/lifecycle')
    .map(asAnswer);
}

/** What came to the notification URL: how many deliveries. */
export function changePosts({ receiver }: Pick<Subscribed, 'receiver'>): number {
  return receiver.deliveries().filter(({ target }) => target === '/changes').length;
}

/** Something observed, as an answer that a fact can be compared with. */
export function answer(body: Record<string, unknown>): FactAnswer {
  return { status: 0, headers: {}, body };
}

/** When a subscription ends; undefined when it has. */
export function expiryOf({ emulator }: FactWorld, id: string): number | undefined {
  return emulator.notifications.subscriptions().find((subscription) => subscription.id === id)?.expiration.at;
}
