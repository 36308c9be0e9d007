import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../src/directory/change.ts';
import { changeNotification } from '../../src/notifications/change-notification.ts';
import { notificationCollection } from '../../src/notifications/notification.ts';
import type { Subscription } from '../../src/notifications/subscription.ts';
import { idOf } from '../graph/a-directory-file.ts';
import { aSubscription } from './a-subscription.ts';

const [user, group] = [idOf('user', 1), idOf('group', 1)];

function aChange(more: Partial<Change> = {}): Change {
  return { sequence: 1, at: 0, kind: 'user', id: user, action: 'updated', properties: [], links: [], ...more };
}

const text = (subscription: Subscription, change: Change): string =>
  notificationCollection([
    { url: '', subscriptionId: '', kind: 'change', body: changeNotification(subscription, change) ?? {} },
  ]);

describe('a change notification', () => {
  it('has a number beyond 2^53, written digit by digit', () => {
    const at = Date.UTC(2026, 10, 25, 12, 0, 0, 123);

    const written = text(aSubscription('users'), aChange({ at, sequence: 4567 }));

    // .NET's DateTime(2026, 11, 25, 12, 0, 0, 123).Ticks, and 4567 of 100 ns.
    expect(written).toContain('"sequenceNumber":639312048001234567');
    expect(written).toContain('"eventTime":"2026-11-25T12:00:00.1234567Z"');
    expect(Number('639312048001234567')).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  });

  it('has different numbers for changes of one millisecond', () => {
    const numbers = [1, 2].map((sequence) => text(aSubscription('users'), aChange({ sequence })));

    expect(numbers[0]).not.toBe(numbers[1]);
  });

  it('does not take a clientState for a number', () => {
    const clientState = '"sequenceNumber":"12"';

    const written = text(aSubscription('users', { clientState }), aChange());

    expect(JSON.parse(written)).toMatchObject({ value: [{ clientState }] });
  });

  it('tells a subscription to owners of owners alone', () => {
    const links: Change['links'] = [
      { relation: 'owners', target: { kind: 'user', id: user }, added: true },
      { relation: 'members', target: { kind: 'user', id: user }, added: false },
    ];
    const change = aChange({ kind: 'group', id: group, links });
    const dataOf = (resource: string) => changeNotification(aSubscription(resource), change)?.['resourceData'];

    const [owners, members, both] = [`groups/${group}/owners`, `groups/${group}/members`, 'groups'].map(dataOf);

    expect(owners).toMatchObject({ 'owners@delta': [{ id: user }] });
    expect(owners).not.toHaveProperty('members@delta');
    expect(members).toMatchObject({ 'members@delta': [{ id: user, '@removed': 'deleted' }] });
    expect(members).not.toHaveProperty('owners@delta');
    expect(both).toMatchObject({ 'members@delta': [{ id: user }], 'owners@delta': [{ id: user }] });
  });

  it('of the end of a group goes to whoever watched its members', () => {
    const change = aChange({ kind: 'group', id: group, action: 'deleted' });

    expect(changeNotification(aSubscription(`groups/${group}/members`), change)).toMatchObject({
      changeType: 'deleted',
    });
  });

  it.each([
    ['another user', 'users', `users/${idOf('user', 2)}`, {}],
    ['groups', 'users', 'groups', {}],
    ['deletions alone', 'users', 'users', { changeTypes: ['deleted' as const] }],
  ])('does not go to whoever watches %s', (_, whom, resource, more) => {
    expect(changeNotification(aSubscription(whom), aChange())).toBeDefined();
    expect(changeNotification(aSubscription(resource, more), aChange())).toBeUndefined();
  });

  it.each(['device', 'orgContact', 'servicePrincipal'] as const)('is never about a %s', (kind) => {
    const change = aChange({ kind });

    expect(['users', 'groups'].map((all) => changeNotification(aSubscription(all), change))).toEqual([
      undefined,
      undefined,
    ]);
  });
});
