import { afterEach } from '@jest/globals';
import { openNotificationWorld } from '../../src/conformance/facts/notifications/tenant.ts';
import type { FactWorld, FactWorldOptions } from '../../src/conformance/fact-world.ts';
import type { Receiver } from '../../src/conformance/receiver.ts';
import { isJsonObject, type JsonObject } from '../../src/json.ts';

/** A running emulator whose time stands still until a test moves it, and an endpoint over TLS. */
export interface World {
  readonly world: FactWorld;
  readonly receiver: Receiver;
}

/** Opens worlds in a test and closes them after. */
export function worlds(): (options?: Partial<FactWorldOptions>) => Promise<World> {
  const open: FactWorld[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((world) => world.close()));
  });
  return async (options) => {
    const world = await openNotificationWorld(options);
    open.push(world);
    return { world, receiver: await world.receiver() };
  };
}

/** What an endpoint was told, one element after another, however they were gathered. */
export function told({ receiver }: Pick<World, 'receiver'>): JsonObject[] {
  return receiver.deliveries().flatMap(({ text }) => {
    const body: unknown = JSON.parse(text);
    return isJsonObject(body) && Array.isArray(body['value']) ? body['value'].filter(isJsonObject) : [];
  });
}
