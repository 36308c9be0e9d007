import { describe, expect, it } from '@jest/globals';
import { subscriptionsAt } from '../../src/overview/subscriptions.ts';

const now = new Date('2026-11-23T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const users = (days: number) => ({ kind: 'users', expiresAt: inDays(days) }) as const;
const groups = (days: number) => ({ kind: 'groups', expiresAt: inDays(days) }) as const;

describe('the subscriptions', () => {
  it.each([
    ['live while both go on', [users(20), groups(10)], 'live', 10],
    ['missing where there are none', [], 'missing', null],
    ['missing where there is one alone', [users(20)], 'missing', null],
    ['missing where one has ended', [users(20), groups(-1)], 'missing', null],
    ['live where one of a former tenant has ended', [users(20), groups(-1), groups(9)], 'live', 9],
    ['expiring where one was not renewed', [users(2), groups(20)], 'expiring', 2],
  ] as const)('are %s', (_what, records, state, days) => {
    const expiresAt = days === null ? null : inDays(days);

    expect(subscriptionsAt(records, { isNotified: true, now })).toEqual({ state, expiresAt });
  });

  it('are not used where this installation takes no notifications', () => {
    expect(subscriptionsAt([users(20), groups(20)], { isNotified: false, now })).toEqual({
      ...{ state: 'not-used', expiresAt: null },
    });
  });
});
