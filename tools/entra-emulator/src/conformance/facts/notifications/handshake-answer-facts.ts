import type { Fact } from '../../fact.ts';
import { asItShould } from '../../receiver.ts';
import { SECOND } from './durations.ts';
import { answeredBy, rawToken } from './handshaking.ts';
import { changeJob, lastDelivery, subscribed } from './subscribing.ts';

const answers: Fact[] = [
  {
    lines: ['1.2/3'],
    says: 'takes 200 as text with the decoded token',
    ask: answeredBy((_posted, token = '') => ({
      status: 200,
      type: 'text/plain; charset=utf-8',
      body: token,
      after: 0,
    })),
    status: 201,
  },
  {
    lines: ['1.2/3'],
    says: 'waits nearly 10 seconds for the answer',
    ask: answeredBy((_posted, token = '') => ({ status: 200, body: token, after: 9900 }), {}, 10 * SECOND),
    status: 201,
  },
  {
    lines: ['1.2/4'],
    says: 'takes the token from an endpoint that escapes what HTML would read',
    ask: answeredBy((_posted, token = '') => ({ status: 200, body: escaped(token), after: 0 })),
    status: 201,
  },
  {
    lines: ['1.2/8'],
    says: 'is content with an endpoint that looks for the token and at nothing else',
    ask: answeredBy(asItShould),
    status: 201,
  },
  {
    lines: ['1.2/8'],
    says: 'takes the 202 of such an endpoint for its notifications',
    ask: subscribed({}, async (subscription) => {
      await changeJob(subscription.world);
      await lastDelivery(subscription);
      const body = { deliveries: subscription.world.emulator.notifications.deliveries().slice(-1) };
      return { status: 0, headers: {}, body };
    }),
    values: { 'deliveries.0.outcome': 'delivered', 'deliveries.0.status': 202, 'deliveries.0.attempt': 1 },
  },
];

const failed = {
  status: 400,
  code: 'ValidationError',
  values: {
    'error.message': /^Subscription validation request failed\. Notification endpoint must respond with 200 OK/,
  },
};

const refusals: Fact[] = [
  {
    lines: ['1.2/3', '1.2/6'],
    says: 'refuses an endpoint that answers 202',
    ask: answeredBy((_posted, token = '') => ({ status: 202, body: token, after: 0 })),
    ...failed,
  },
  {
    lines: ['1.2/3', '1.2/6'],
    says: 'refuses an endpoint that echoes the token as it was encoded',
    ask: answeredBy(({ target }) => ({ status: 200, body: rawToken(target), after: 0 })),
    ...failed,
  },
  {
    lines: ['1.2/3', '1.2/6'],
    says: 'refuses an endpoint that answers with another type than text/plain',
    ask: answeredBy((_posted, token = '') => ({ status: 200, type: 'application/json', body: token, after: 0 })),
    ...failed,
  },
  {
    lines: ['1.2/3', '1.2/6'],
    says: 'refuses an endpoint that answers with more than the token',
    ask: answeredBy((_posted, token = '') => ({ status: 200, body: `${token}\n`, after: 0 })),
    ...failed,
  },
  {
    lines: ['1.2/6'],
    says: 'refuses an endpoint where nobody listens',
    ask: answeredBy(asItShould, { notificationUrl: 'https://localhost:1/changes' }),
    ...failed,
  },
  {
    lines: ['1.2/6', '1.2/2'],
    says: 'refuses a subscription whose lifecycle URL does not answer',
    ask: answeredBy(asItShould, { lifecycleNotificationUrl: 'https://localhost:1/lifecycle' }),
    ...failed,
  },
  {
    lines: ['1.2/6', '1.2/3'],
    says: 'gives up after 10 seconds',
    ask: answeredBy(() => undefined, {}, 10 * SECOND),
    status: 400,
    code: 'InvalidRequest',
    values: { 'error.message': 'Subscription validation request timed out.' },
  },
  {
    lines: ['1.2/6'],
    says: 'keeps nothing of a subscription that was refused',
    async ask(world) {
      await answeredBy(() => ({ status: 500, after: 0 }))(world);
      return world.call('GET', '/subscriptions');
    },
    values: { value: [] },
  },
];

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Which answers of an endpoint make a handshake. */
export const answerFacts: readonly Fact[] = [...answers, ...refusals];
