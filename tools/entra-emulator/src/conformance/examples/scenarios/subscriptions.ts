import type { JsonObject } from '../../../json.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Receiver } from '../../receiver.ts';
import { form } from '../form.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf, objectsIn, textOf } from '../seed.ts';
import { bodyOf, type Stage } from '../stage.ts';

const DAY_MS = 86_400_000;

const generated = {
  id: form.guid,
  applicationId: form.guid,
  creatorId: form.guid,
  expirationDateTime: form.sameUtcTime,
  notificationUrl: form.link,
  lifecycleNotificationUrl: form.link,
};

/** What an example of mail is asked about instead. */
const aboutUsers = { resource: 'users', changeType: 'updated' };
const ABOUT_MAIL = 'about mail; asked about users';

/** Making, listing and renewing subscriptions. */
export const subscriptionScenarios: readonly Scenario[] = [
  {
    file: 'subscriptions/create-request-with-lifecycle-url.json',
    oddity: `a request ${ABOUT_MAIL}, and answered with all that it says`,
    corrected: (example) => ({ ...example, ...aboutUsers }),
    async answer(example, stage) {
      const { world, receiver } = await openBefore(stage, example);
      const answer = await create(world, receiver, example);
      return Object.fromEntries(Object.keys(example).map((name) => [name, answer[name]]));
    },
    forms: {
      '/notificationUrl': form.link,
      '/lifecycleNotificationUrl': form.link,
      '/expirationDateTime': form.sameUtcTime,
    },
  },
  {
    file: 'subscriptions/create-response-201.json',
    oddity: ABOUT_MAIL,
    corrected: (example) => ({ ...example, ...aboutUsers }),
    async answer(example, stage) {
      const { world, receiver } = await openBefore(stage, example);
      return create(world, receiver, requestOf(example));
    },
    forms: below('', generated),
  },
  {
    file: 'subscriptions/list-response-users-subscription.json',
    async answer(example, stage) {
      const [subscription = {}] = objectsIn(example['value']);
      const { world, receiver } = await openBefore(stage, subscription);
      // The list hides the secret that a subscription is made with.
      await create(world, receiver, { ...requestOf(subscription), clientState: 'any' });
      return bodyOf(world.call('GET', '/subscriptions'));
    },
    forms: below('/value/*', generated),
  },
  {
    file: 'subscriptions/renew-response-200.json',
    oddity: `${ABOUT_MAIL}; the page leaves @odata.context out`,
    corrected: (example) => ({ ...example, ...aboutUsers }),
    async answer(example, stage) {
      const { world, receiver } = await openBefore(stage, example);
      const { expirationDateTime, ...rest } = requestOf(example);
      const soon = new Date(world.now().getTime() + DAY_MS / 2).toISOString();
      const { id } = await create(world, receiver, { ...rest, expirationDateTime: soon });
      return bodyOf(world.call('PATCH', `/subscriptions/${textOf(id)}`, { body: { expirationDateTime } }));
    },
    extra: ['/@odata.context'],
    forms: below('', generated),
  },
  {
    file: 'subscriptions/error-400-validation-failed.json',
    async answer(_example, stage) {
      const world = await stage.open({ directory: directoryOf({}) });
      // The emulator is no endpoint for notifications: it refuses the handshake.
      const notificationUrl = `${world.emulator.httpsUrl}/v1.0/users`;
      const expirationDateTime = new Date(world.now().getTime() + DAY_MS).toISOString();
      const body = { ...aboutUsers, notificationUrl, expirationDateTime, clientState: 'any' };
      return bodyOf(world.call('POST', '/subscriptions', { body }), 400);
    },
  },
];

/** An emulator whose clock stands at a day before the example's subscription ends, and an endpoint. */
async function openBefore(stage: Stage, example: JsonObject): Promise<{ world: FactWorld; receiver: Receiver }> {
  const startsAt = new Date(Date.parse(textOf(example['expirationDateTime'])) - DAY_MS);
  const world = await stage.open({ directory: directoryOf({}), startsAt });
  return { world, receiver: await stage.receiver(world) };
}

/** Makes the subscription with the example's own values; its URLs get the host of an endpoint that is there. */
async function create(world: FactWorld, receiver: Receiver, request: JsonObject): Promise<JsonObject> {
  const urls = ['notificationUrl', 'lifecycleNotificationUrl'].filter((name) => request[name] !== undefined);
  const own = urls.map((name) => [name, receiver.origin + new URL(textOf(request[name])).pathname] as const);
  return bodyOf(world.call('POST', '/subscriptions', { body: { ...request, ...Object.fromEntries(own) } }), 201);
}

/** What the caller sets of a subscription. */
function requestOf(subscription: JsonObject): JsonObject {
  const madeByGraph = ['@odata.context', 'id', 'applicationId', 'creatorId', 'notificationContentType'];
  return Object.fromEntries(Object.entries(subscription).filter(([name]) => !madeByGraph.includes(name)));
}

function below<Value>(path: string, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${path}/${name}`, value]));
}
