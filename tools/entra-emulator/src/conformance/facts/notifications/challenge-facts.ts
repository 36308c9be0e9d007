import type { Fact } from '../../fact.ts';
import { answer, challenge, lifecyclePosts, reauthorize, renew, withLifecycle } from './challenging.ts';
import { MINUTE, HOUR } from './durations.ts';
import { changeJob, type Subscribed } from './subscribing.ts';
import { everything, TENANT } from './tenant.ts';

/** How many challenges came within some time, when each is answered like this. */
function challenges(ms: number, reply?: (subscription: Subscribed) => Promise<unknown>, lifeMs?: number): Fact['ask'] {
  return withLifecycle(async (subscription) => {
    const { world } = subscription;
    let answered = 0;
    for (let passed = 0; passed < ms; passed += MINUTE) {
      await world.pass(MINUTE);
      if (lifecyclePosts(subscription).length === answered) continue;
      answered += 1;
      await reply?.(subscription);
    }
    return answer({ count: lifecyclePosts(subscription).length, told: lifecyclePosts(subscription)[0]?.body });
  }, lifeMs);
}

/** What an administrator's decision leads to. */
const revoked: Fact[] = [
  {
    lines: ['1.6/5'],
    says: 'asks when an administrator has revoked the permissions',
    ask: withLifecycle(async (subscription) => {
      const { world } = subscription;
      world.emulator.entra.revokeConsent(TENANT, everything.appId);
      await world.pass(1000);
      return lifecyclePosts(subscription)[0] ?? answer({});
    }),
    values: { 'value.0.lifecycleEvent': 'reauthorizationRequired' },
  },
];

/** When a subscriber is asked to reauthorise. */
export const challengeFacts: readonly Fact[] = [
  {
    lines: ['1.6/5', '1.6/7'],
    says: 'asks by itself before the access token runs out',
    ask: challenges(HOUR),
    values: { count: 1, 'told.value.0.lifecycleEvent': 'reauthorizationRequired' },
  },
  {
    lines: ['1.6/7'],
    says: 'does not ask while the token has long to last',
    ask: challenges(44 * MINUTE),
    values: { count: 0 },
  },
  {
    lines: ['1.6/5', '1.6/7'],
    says: 'asks before the subscription itself ends, sooner than the token',
    ask: challenges(40 * MINUTE, undefined, 45 * MINUTE),
    values: { count: 1 },
  },
  {
    lines: ['1.6/7'],
    says: 'asks again for the token of the answer',
    ask: challenges(2 * HOUR, (subscription) => reauthorize(subscription)),
    values: { count: 2 },
  },
  {
    lines: ['1.6/7'],
    says: 'asks no second time while nobody answers',
    ask: challenges(5 * HOUR),
    values: { count: 1 },
  },
  {
    lines: ['1.6/7'],
    says: 'asks once an hour of a subscriber who renews each time',
    ask: challenges(4 * HOUR, (subscription) => renew(subscription)),
    values: { count: 5 },
  },
  {
    lines: ['1.6/5'],
    says: 'does not ask of a subscription that has ended',
    ask: withLifecycle(async (subscription) => {
      const { world, id } = subscription;
      await world.call('DELETE', `/subscriptions/${id}`);
      await world.pass(HOUR);
      await changeJob(world);
      return answer({ count: lifecyclePosts(subscription).length });
    }),
    values: { count: 0 },
  },
  {
    lines: ['1.6/7'],
    says: 'can ask at any time',
    ask: withLifecycle(async (subscription) => {
      await challenge(subscription);
      return answer({ count: lifecyclePosts(subscription).length });
    }),
    values: { count: 1 },
  },
  ...revoked,
];
