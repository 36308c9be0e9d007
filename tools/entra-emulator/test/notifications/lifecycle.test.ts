import { describe, expect, it } from '@jest/globals';
import { authorize } from '../../src/notifications/authorization.ts';
import { Lifecycle } from '../../src/notifications/lifecycle.ts';
import type { Notification } from '../../src/notifications/notification.ts';
import { Timers } from '../../src/notifications/schedule.ts';
import { Subscriptions } from '../../src/notifications/subscriptions.ts';
import { aSubscription } from './a-subscription.ts';

const MINUTE = 60_000;

/** A lifecycle whose timers run when told, and what it sent. */
function aLifecycle() {
  let now = 0;
  const clock = () => new Date(now);
  const subscriptions = new Subscriptions(clock);
  const sent: Notification[] = [];
  const waiting = new Map<() => void, number>();
  const timers = new Timers((run, ms) => {
    waiting.set(run, ms);
    return () => waiting.delete(run);
  });
  const lifecycle = new Lifecycle({
    subscriptions,
    timers,
    clock,
    send: (notification) => void sent.push(notification),
  });
  const keep = (lifecycleNotificationUrl: string | null = 'https://a/lifecycle'): void => {
    const subscription = aSubscription('users', {
      expiration: { at: 600 * MINUTE, text: '' },
      lifecycleNotificationUrl,
    });
    lifecycle.keep({ ...subscription, ...authorize(subscription, now + 60 * MINUTE, clock()) });
  };
  return { lifecycle, subscriptions, sent, waiting, keep, moveTo: (ms: number) => (now = ms) };
}

describe('Lifecycle', () => {
  it('sets its alarm a quarter of an hour before the token ends', () => {
    const { waiting, keep } = aLifecycle();

    keep();

    expect([...waiting.values()]).toEqual([45 * MINUTE]);
  });

  it('sets the alarm anew with each token, and none for who can not be asked', () => {
    const { waiting, keep, moveTo } = aLifecycle();

    keep();
    moveTo(30 * MINUTE);
    keep();
    const once = [...waiting.values()];
    keep(null);

    expect([once, [...waiting.values()]]).toEqual([[45 * MINUTE], []]);
  });

  it('asks when it is due though no timer ran, and not before', () => {
    const { lifecycle, sent, keep, moveTo } = aLifecycle();
    keep();

    moveTo(45 * MINUTE - 1);
    lifecycle.challengeIfDue('one');
    const before = sent.length;
    moveTo(45 * MINUTE);
    lifecycle.challengeIfDue('one');
    lifecycle.challengeIfDue('one');

    expect([before, sent.length]).toEqual([0, 1]);
  });

  it('calls the alarm off with the subscription', () => {
    const { lifecycle, waiting, subscriptions, keep } = aLifecycle();
    keep();

    lifecycle.remove('one');

    expect([waiting.size, subscriptions.all()]).toEqual([0, []]);
  });
});

describe('a snapshot of subscriptions', () => {
  it('brings back those of its time with their alarms, and no others', () => {
    const { lifecycle, subscriptions, waiting, keep } = aLifecycle();
    keep();
    const restore = lifecycle.snapshot();
    lifecycle.remove('one');
    lifecycle.keep(aSubscription('groups', { id: 'two', expiration: { at: 600 * MINUTE, text: '' } }));

    restore();

    expect(subscriptions.all().map(({ id }) => id)).toEqual(['one']);
    expect([...waiting.values()]).toEqual([45 * MINUTE]);
  });
});

describe('authorize', () => {
  it.each([
    ['a quarter of an hour ahead of a token of an hour', 60, 600, 45],
    ['a quarter of an hour ahead of the end of the subscription, when that comes first', 600, 60, 45],
    ['after two thirds of what little is left', 6, 600, 4],
  ])('lets Graph ask %s', (_, tokenMinutes, lifeMinutes, expected) => {
    const expiration = { at: lifeMinutes * MINUTE, text: '' };

    expect(authorize({ expiration }, tokenMinutes * MINUTE, new Date(0)).challengeAt).toBe(expected * MINUTE);
  });
});
