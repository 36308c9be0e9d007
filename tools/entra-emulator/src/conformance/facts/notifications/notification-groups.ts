import type { FactGroup } from '../../fact.ts';
import { deliveryFacts } from './delivery-facts.ts';
import { handshakeFacts } from './handshake-facts.ts';
import { lifecycleFacts } from './lifecycle-facts.ts';
import { notificationFacts } from './notification-facts.ts';
import { quotaFacts } from './quota-facts.ts';
import { subscriptionFacts } from './subscription-facts.ts';
import { throttleFacts } from './throttle-facts.ts';

/** Everything about change notifications. */
export const notificationGroups: readonly FactGroup[] = [
  subscriptionFacts,
  ...quotaFacts,
  throttleFacts,
  handshakeFacts,
  notificationFacts,
  ...deliveryFacts,
  lifecycleFacts,
];
