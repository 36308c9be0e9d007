import type { JsonObject } from '../../../json.ts';
import type { DeliveryEntry } from '../../../notifications/delivery-log.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { FactAnswer } from '../../fact.ts';
import { openReceiver, type Answering, type Receiver } from '../../receiver.ts';
import { beginAnew, changeJob, subscribeMore, type Subscribed } from './subscribing.ts';

/** An endpoint that answers every delivery with this, after so many milliseconds. */
export function answering(status: number, after = 0): Answering {
  return (_posted, token) => (token === undefined ? { status, after } : { status: 200, body: token, after: 0 });
}

/** Goes on from a subscription at an endpoint of its own, which nothing has been noted about. */
export async function atNewEndpoint(
  world: FactWorld,
  goOn: (subscription: Subscribed) => Promise<FactAnswer>,
  more: (receiver: Receiver) => JsonObject = () => ({}),
): Promise<FactAnswer> {
  const receiver = await openReceiver(world);
  try {
    beginAnew(world, receiver);
    return await goOn(await subscribeMore(world, receiver, more(receiver)));
  } finally {
    beginAnew(world, receiver);
    await receiver.close();
  }
}

/** The same, with another endpoint to be told of the subscription itself: it outlasts the token that it was made with. */
export async function beyondTheToken(
  world: FactWorld,
  goOn: (subscription: Subscribed) => Promise<FactAnswer>,
): Promise<FactAnswer> {
  const { origin } = await world.receiver();
  return atNewEndpoint(world, goOn, () => ({ lifecycleNotificationUrl: `${origin}/lifecycle` }));
}

/** What was noted about deliveries to an endpoint, oldest first. */
export function noted({ world, receiver }: Pick<Subscribed, 'world' | 'receiver'>): readonly DeliveryEntry[] {
  return world.emulator.notifications.deliveries().filter(({ url }) => url.startsWith(receiver.origin));
}

/** One change after another, each delivered before the next. */
export async function changesOneByOne({ world }: Pick<Subscribed, 'world'>, count: number, ms: number): Promise<void> {
  for (let change = 0; change < count; change += 1) {
    await changeJob(world);
    await world.pass(ms);
  }
}
