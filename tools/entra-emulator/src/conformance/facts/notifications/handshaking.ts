import { setImmediate } from 'node:timers/promises';
import type { JsonObject } from '../../../json.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Fact } from '../../fact.ts';
import type { Answering, Receiver } from '../../receiver.ts';
import { SECOND } from './durations.ts';
import { beginAnew, wanted } from './subscribing.ts';

/** Asks for a subscription at an endpoint that answers like this, and gives what Graph answers. */
export function answeredBy(answering: Answering, more: JsonObject = {}, ms = 0): Fact['ask'] {
  return async (world) => {
    const receiver = await world.receiver();
    beginAnew(world, receiver);
    receiver.answering = answering;
    const answer = world.call('POST', '/subscriptions', { body: wanted(world, receiver, more) });
    if (ms > 0) await passOnceHeld(world, receiver, ms);
    return answer;
  };
}

/** Lets time pass once the handshake has come to the endpoint. */
export async function passOnceHeld(world: FactWorld, receiver: Receiver, ms: number): Promise<void> {
  const limit = performance.now() + 10 * SECOND;
  while (receiver.holding === 0 && performance.now() < limit) await setImmediate();
  await world.pass(ms);
}

/** The validation token as it stands in the query string. */
export function rawToken(target: string): string {
  return /validationToken=([^&]*)/.exec(target)?.[1] ?? '';
}
