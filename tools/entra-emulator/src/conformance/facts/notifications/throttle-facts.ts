import type { FactWorld } from '../../fact-world.ts';
import type { Fact, FactAnswer, FactGroup } from '../../fact.ts';
import { SECOND } from './durations.ts';
import { groupsReader, membersReader, openNotificationWorld } from './tenant.ts';

/** A thousandth of Graph's figures, so that a handful of requests uses them up. */
const scale = 0.001;

/** Sends requests one after another, and gives the last answer. The window has passed before. */
function repeated(count: number, ask: (world: FactWorld) => Promise<FactAnswer>): Fact['ask'] {
  return async (world) => {
    await world.pass(20 * SECOND);
    let answer = await ask(world);
    for (let asked = 1; asked < count; asked += 1) answer = await ask(world);
    return answer;
  };
}

const list =
  (appId: string) =>
  async (world: FactWorld): Promise<FactAnswer> =>
    world.call('GET', '/subscriptions', { token: await world.token(appId) });

const removeNone =
  (appId: string) =>
  async (world: FactWorld): Promise<FactAnswer> =>
    world.call('DELETE', '/subscriptions/none', { token: await world.token(appId) });

/** The requests that Graph takes for subscriptions, in 20 seconds. */
export const throttleFacts: FactGroup = {
  title: 'throttling of subscriptions, at a thousandth of the figures',
  world: () => openNotificationWorld({ throttling: { scale } }),
  facts: [
    {
      lines: ['1.7/3'],
      says: 'lists for an application in a tenant 5,000 times',
      ask: repeated(5, list(groupsReader.appId)),
      status: 200,
    },
    {
      lines: ['1.7/3'],
      says: 'throttles what comes after that, by category, and says when to come again',
      ask: repeated(6, list(groupsReader.appId)),
      status: 429,
      code: 'TooManyRequests',
      headers: { 'retry-after': /^\d+$/ },
      values: { 'error.message': /throttle\.aad\.ags\.subscriptionservice\..*\.list/ },
    },
    {
      lines: ['1.7/3'],
      says: 'takes a thousand writes of an application in a tenant, and no more',
      ask: repeated(2, removeNone(membersReader.appId)),
      status: 429,
      code: 'TooManyRequests',
    },
    {
      lines: ['1.7/3'],
      says: 'takes as many of another application, up to two thousand',
      async ask(world) {
        await repeated(1, removeNone(membersReader.appId))(world);
        return removeNone(groupsReader.appId)(world);
      },
      status: 404,
    },
  ],
};
