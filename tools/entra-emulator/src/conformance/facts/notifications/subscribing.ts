import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../../json.ts';
import type { FactWorld } from '../../fact-world.ts';
import type { Fact, FactAnswer } from '../../fact.ts';
import type { Posted, Receiver } from '../../receiver.ts';
import { DAY } from './durations.ts';
import { ADELE, everything } from './tenant.ts';

/** A subscription that is there, and the endpoint that is told. */
export interface Subscribed {
  readonly world: FactWorld;
  readonly receiver: Receiver;
  readonly id: string;
  readonly body: JsonObject;
}

/** The body of a request for a subscription to all users for a day. */
export function wanted(world: FactWorld, receiver: Receiver, more: JsonObject = {}): JsonObject {
  return {
    changeType: 'updated,deleted',
    resource: 'users',
    notificationUrl: `${receiver.origin}/changes`,
    expirationDateTime: inFuture(world, DAY),
    clientState: 'a secret',
    ...more,
  };
}

/** A time so far ahead of the clock, as it is written in a request. */
export function inFuture(world: FactWorld, ms: number): string {
  return new Date(world.now().getTime() + ms).toISOString();
}

/** Asks for a subscription when there is no other, and the endpoint has forgotten what came before. */
export function subscribing(more: JsonObject = {}, appId = everything.appId): Fact['ask'] {
  return async (world) => {
    const receiver = await world.receiver();
    beginAnew(world, receiver);
    const token = await world.token(appId);
    return world.call('POST', '/subscriptions', { body: wanted(world, receiver, more), token });
  };
}

/** Goes on from a subscription that is there. */
export function subscribed(more: JsonObject, goOn: (subscribed: Subscribed) => Promise<FactAnswer>): Fact['ask'] {
  return async (world) => {
    const receiver = await world.receiver();
    beginAnew(world, receiver);
    return goOn(await subscribeMore(world, receiver, more));
  };
}

/** One more subscription. */
export async function subscribeMore(world: FactWorld, receiver: Receiver, more: JsonObject): Promise<Subscribed> {
  const { status, body } = await world.call('POST', '/subscriptions', { body: wanted(world, receiver, more) });
  if (status !== 201 || !isJsonObject(body)) throw new Error(`no subscription: ${status} ${JSON.stringify(body)}`);
  return { world, receiver, id: idOf(body), body };
}

/** Ends all subscriptions and faults, and lets the endpoint forget. */
export function beginAnew({ emulator: { notifications } }: FactWorld, receiver: Receiver): void {
  notifications.faults.clear();
  for (const { id } of notifications.subscriptions()) notifications.dropSubscription(id);
  receiver.reset();
}

/** Something that was posted, as an answer that a fact can be compared with. */
export function asAnswer(posted: Posted | undefined): FactAnswer {
  const headers = Object.fromEntries(
    Object.entries(posted?.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const body: unknown = posted === undefined || posted.text === '' ? undefined : JSON.parse(posted.text);
  return { status: 0, headers, body };
}

/** The latest delivery, once everything that is due has been posted. */
export async function lastDelivery({ world, receiver }: Pick<Subscribed, 'world' | 'receiver'>): Promise<FactAnswer> {
  await world.pass(1000);
  return asAnswer(receiver.deliveries().at(-1));
}

/** Everything that came to an endpoint, as one collection. */
export function allDelivered({ receiver }: Pick<Subscribed, 'receiver'>): FactAnswer {
  const value = receiver.deliveries().flatMap(({ text }) => (JSON.parse(text) as { value: JsonObject[] }).value);
  return { status: 0, headers: {}, body: { value } };
}

/** A change of a person that subscribers of users are told of. */
export async function changeJob(world: FactWorld, userId = ADELE): Promise<void> {
  const { status } = await world.call('PATCH', `/users/${userId}`, {
    body: { jobTitle: `Job ${world.now().getTime()}` },
  });
  if (status !== 204) throw new Error(`the change was answered with ${status}`);
}

/** Makes a person, and returns the id. */
export async function newUser(world: FactWorld): Promise<string> {
  const name = `dana-${randomUUID().slice(0, 8)}`;
  return made(world, '/users', {
    accountEnabled: true,
    displayName: 'Dana',
    mailNickname: name,
    userPrincipalName: `${name}@contoso.example`,
    passwordProfile: { password: 'Never-used-1' },
  });
}

/** A Microsoft 365 group. */
export async function newGroup(world: FactWorld): Promise<string> {
  return made(world, '/groups', {
    displayName: 'New',
    groupTypes: ['Unified'],
    mailEnabled: true,
    mailNickname: `new-${randomUUID().slice(0, 8)}`,
    securityEnabled: false,
  });
}

async function made(world: FactWorld, address: string, body: JsonObject): Promise<string> {
  const answer = await world.call('POST', address, { body });
  if (answer.status !== 201) throw new Error(`POST ${address}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return idOf(answer.body);
}

function idOf(body: unknown): string {
  return (body as { id: string }).id;
}
