import type { JsonObject } from '../../../json.ts';
import type { Fact, FactAnswer, FactGroup } from '../../fact.ts';
import { asItShould, type Answering, type Receiver } from '../../receiver.ts';
import { SECOND } from './durations.ts';
import { answerFacts } from './handshake-answer-facts.ts';
import { passOnceHeld, rawToken } from './handshaking.ts';
import { asAnswer, beginAnew, changeJob, lastDelivery, subscribed, wanted } from './subscribing.ts';
import { openNotificationWorld } from './tenant.ts';

/** Subscribes, and gives one of the handshakes. */
function handshake(more: (receiver: Receiver) => JsonObject, index = 0): Fact['ask'] {
  return async (world) => {
    const receiver = await world.receiver();
    beginAnew(world, receiver);
    const { status } = await world.call('POST', '/subscriptions', { body: wanted(world, receiver, more(receiver)) });
    if (status !== 201) throw new Error(`no subscription: ${status}`);
    const posted = receiver.posted[index];
    return { ...asAnswer(posted), body: { target: posted?.target, text: posted?.text, count: receiver.posted.length } };
  };
}

const bothUrls = ({ origin }: Receiver): JsonObject => ({
  notificationUrl: `${origin}/both`,
  lifecycleNotificationUrl: `${origin}/both`,
});

const requests: Fact[] = [
  {
    lines: ['1.2/1'],
    says: 'posts a token in the query string, as plain text without a body',
    ask: handshake(() => ({})),
    headers: { 'content-type': 'text/plain; charset=utf-8', 'content-length': '0' },
    values: { target: /^\/changes\?validationToken=[^&]+$/, text: '', count: 1 },
  },
  {
    lines: ['1.2/1'],
    says: 'encodes the token',
    ask: handshake(() => ({})),
    check: ({ body }) => {
      const token = rawToken((body as { target: string }).target);
      return token.includes('%3A') && token !== decodeURIComponent(token) ? undefined : `the token is ${token}`;
    },
  },
  {
    lines: ['1.2/2'],
    says: 'validates the lifecycle URL too, with a request of its own even when both are equal',
    ask: handshake(bothUrls, 1),
    values: { target: /^\/both\?validationToken=/, count: 2 },
  },
  {
    lines: ['1.2/4'],
    says: 'brings another token each time',
    async ask(world) {
      const answer = await handshake(bothUrls)(world);
      const receiver = await world.receiver();
      return { ...answer, body: { different: new Set(receiver.posted.map(({ target }) => rawToken(target))).size } };
    },
    values: { different: 2 },
  },
  {
    lines: ['1.2/5', '1.1/12'],
    says: 'appends the token to the query string that the URL has',
    ask: handshake(({ origin }) => ({ notificationUrl: `${origin}/changes?a=1%202&b=x` })),
    values: { target: /^\/changes\?a=1%202&b=x&validationToken=[^&]+$/ },
  },
];

/** Moves notifications to another path of the endpoint. */
function moveTo(answering: Answering): Fact['ask'] {
  return subscribed({}, async ({ world, receiver, id }): Promise<FactAnswer> => {
    receiver.answering = answering;
    const body = { notificationUrl: `${receiver.origin}/moved` };
    const answer = await world.call('PATCH', `/subscriptions/${id}`, { body });
    receiver.answering = asItShould;
    await changeJob(world);
    const delivery = await lastDelivery({ world, receiver });
    return { ...answer, body: { ...(answer.body as JsonObject), told: receiver.deliveries()[0]?.target, delivery } };
  });
}

const order: Fact[] = [
  {
    lines: ['1.2/7'],
    says: 'answers the creator only when the endpoint has answered',
    async ask(world) {
      const receiver = await world.receiver();
      beginAnew(world, receiver);
      receiver.answering = (_posted, token = '') => ({ status: 200, body: token, after: 5 * SECOND });
      let isAnswered = false;
      const creation = world.call('POST', '/subscriptions', { body: wanted(world, receiver) }).then((answer) => {
        isAnswered = true;
        return answer;
      });
      await passOnceHeld(world, receiver, 4 * SECOND);
      const wasAnswered = isAnswered;
      await world.pass(SECOND);
      return { ...(await creation), body: { wasAnswered } };
    },
    status: 201,
    values: { wasAnswered: false },
  },
  {
    lines: ['1.2/9'],
    says: 'sends notifications elsewhere once the new endpoint has answered a handshake',
    ask: moveTo(asItShould),
    status: 200,
    values: { notificationUrl: /\/moved$/, told: '/moved' },
  },
  {
    lines: ['1.2/9'],
    says: 'leaves them where they are when it does not',
    ask: moveTo(() => ({ status: 500, after: 0 })),
    status: 400,
    code: 'ValidationError',
    values: { told: '/changes' },
  },
];

/** How Graph asks an endpoint whether it wants notifications. */
export const handshakeFacts: FactGroup = {
  title: 'the handshake with an endpoint',
  world: () => openNotificationWorld(),
  facts: [...requests, ...answerFacts, ...order],
};
