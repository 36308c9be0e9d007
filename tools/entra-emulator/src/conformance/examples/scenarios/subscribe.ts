import type { JsonObject } from '../../../json.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Receiver } from '../../receiver.ts';
import { objectsIn, textOf } from '../seed.ts';
import { bodyOf } from '../stage.ts';

const DAY_MS = 86_400_000;
const SECOND_MS = 1000;

/** Makes a subscription that lasts a day, and returns its id. Notifications and lifecycle notifications share a URL. */
export async function subscribe(
  world: FactWorld,
  receiver: Receiver,
  wanted: { readonly resource: string; readonly changeType: string; readonly clientState: string },
): Promise<string> {
  const url = `${receiver.origin}/notifications`;
  const expirationDateTime = new Date(world.now().getTime() + DAY_MS).toISOString();
  const body = { ...wanted, notificationUrl: url, lifecycleNotificationUrl: url, expirationDateTime };
  return textOf((await bodyOf(world.call('POST', '/subscriptions', { body }), 201))['id']);
}

/** The notifications that came, however they were gathered into deliveries. */
export async function notificationsOf(world: FactWorld, receiver: Receiver): Promise<JsonObject[]> {
  await world.pass(SECOND_MS);
  return receiver.deliveries().flatMap(({ text }) => objectsIn((JSON.parse(text) as JsonObject)['value']));
}
