import type { LifecycleEvent } from '../../../notifications/notification.ts';
import { form } from '../form.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf, objectsIn, textOf } from '../seed.ts';
import { notificationsOf, subscribe } from './subscribe.ts';

const ONLY_OUTLOOK = 'Microsoft sends it about mail, events and contacts only; here it is sent on demand';

/** What a subscription's owner is told about the subscription itself. */
export const lifecycleScenarios: readonly Scenario[] = [
  told('lifecycle/reauthorization-required.json', 'reauthorizationRequired'),
  { ...told('lifecycle/missed.json', 'missed'), oddity: ONLY_OUTLOOK },
  { ...told('lifecycle/subscription-removed.json', 'subscriptionRemoved'), oddity: ONLY_OUTLOOK },
];

function told(file: string, event: LifecycleEvent): Scenario {
  return {
    file,
    async answer(example, stage) {
      const [sample = {}] = objectsIn(example['value']);
      const world = await stage.open({ directory: directoryOf({}) });
      const receiver = await stage.receiver(world);
      const clientState = textOf(sample['clientState']);
      const id = await subscribe(world, receiver, { resource: 'users', changeType: 'updated', clientState });
      world.emulator.notifications.sendLifecycleEvent(id, event);
      return { value: await notificationsOf(world, receiver) };
    },
    forms: {
      '/value/*/subscriptionId': form.guid,
      '/value/*/subscriptionExpirationDateTime': form.utcTime,
      '/value/*/tenantId': form.guid,
    },
  };
}
