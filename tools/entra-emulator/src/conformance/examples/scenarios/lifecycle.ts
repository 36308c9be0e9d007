import { form } from '../form.ts';
import type { ForeignExample, Scenario } from '../scenario.ts';
import { directoryOf, objectsIn, textOf } from '../seed.ts';
import { notificationsOf, subscribe } from './subscribe.ts';

const ONLY_OUTLOOK = 'sent about mail, events and contacts; subscriptions to users and groups never get it';

/** What a subscription's owner is told about the subscription itself. */
export const lifecycleScenarios: readonly (Scenario | ForeignExample)[] = [
  {
    file: 'lifecycle/reauthorization-required.json',
    async answer(example, stage) {
      const [sample = {}] = objectsIn(example['value']);
      const world = await stage.open({ directory: directoryOf({}) });
      const receiver = await stage.receiver(world);
      const clientState = textOf(sample['clientState']);
      const id = await subscribe(world, receiver, { resource: 'users', changeType: 'updated', clientState });
      world.emulator.requireReauthorization(id);
      return { value: await notificationsOf(world, receiver) };
    },
    forms: {
      '/value/*/subscriptionId': form.guid,
      '/value/*/subscriptionExpirationDateTime': form.utcTime,
      '/value/*/tenantId': form.guid,
    },
  },
  { file: 'lifecycle/missed.json', foreign: ONLY_OUTLOOK },
  { file: 'lifecycle/subscription-removed.json', foreign: ONLY_OUTLOOK },
];
