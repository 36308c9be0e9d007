import { describe, expect, it } from '@jest/globals';
import type { Notification } from '../../src/notifications/notification.ts';
import { NotificationFaults } from '../../src/notifications/notification-faults.ts';

const aNotification = (more: Partial<Notification> = {}): Notification => ({
  url: 'https://a/',
  subscriptionId: 'one',
  kind: 'change',
  body: {},
  ...more,
});

function someFaults() {
  let now = 0;
  const faults = new NotificationFaults(() => new Date(now));
  const met = (count: number): boolean[] =>
    Array.from({ length: count }, () => faults.meet(aNotification()) !== undefined);
  return { faults, met, pass: (ms: number) => (now += ms) };
}

describe('a fault of notifications', () => {
  it('meets every notification until it is taken back', () => {
    const { faults, met } = someFaults();

    const id = faults.add({ kind: 'lose' });

    expect(met(3)).toEqual([true, true, true]);
    expect(faults.remove(id)).toBe(true);
    expect(met(1)).toEqual([false]);
    expect(faults.remove(id)).toBe(false);
  });

  it('meets so many and no more', () => {
    const { faults, met } = someFaults();

    faults.add({ kind: 'lose', count: 2 });

    expect(met(3)).toEqual([true, true, false]);
    expect(faults.all()).toEqual([]);
  });

  it('meets a share, the same ones for the same seed', () => {
    const draw = (seed: number): boolean[] => {
      const { faults, met } = someFaults();
      faults.add({ kind: 'lose', share: 0.3, seed });
      return met(1000);
    };

    const met = draw(7).filter(Boolean).length;

    expect(met).toBeGreaterThan(250);
    expect(met).toBeLessThan(350);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('lasts as long as it says', () => {
    const { faults, met, pass } = someFaults();

    faults.add({ kind: 'lose', forMs: 1000 });
    pass(999);
    const before = met(1);
    pass(1);

    expect([before, met(1)]).toEqual([[true], [false]]);
  });

  it('meets only the kind and the subscription that it names', () => {
    const { faults } = someFaults();

    faults.add({ kind: 'lose', of: 'lifecycle', subscriptionId: 'two' });

    expect(faults.meet(aNotification({ subscriptionId: 'two' }))).toBeUndefined();
    expect(faults.meet(aNotification({ kind: 'lifecycle' }))).toBeUndefined();
    expect(faults.meet(aNotification({ kind: 'lifecycle', subscriptionId: 'two' }))).toMatchObject({ kind: 'lose' });
  });

  it('leaves what it does not meet to the next one', () => {
    const { faults } = someFaults();
    faults.add({ kind: 'lose', count: 1 });
    faults.add({ kind: 'delay', ms: 5 });

    const kinds = [1, 2].map(() => faults.meet(aNotification())?.kind);

    expect(kinds).toEqual(['lose', 'delay']);
  });

  it('that refuses subscriptions meets no notification, and the other way round', () => {
    const { faults } = someFaults();
    faults.add({ kind: 'refuse-creation' });

    expect(faults.meet(aNotification())).toBeUndefined();
    expect(faults.meetCreation()).toMatchObject({ kind: 'refuse-creation' });
    faults.clear();
    faults.add({ kind: 'lose' });
    expect(faults.meetCreation()).toBeUndefined();
  });

  it('says what it has met', () => {
    const { faults, met } = someFaults();

    faults.add({ id: 'mine', kind: 'lose' });
    met(2);

    expect(faults.all()).toEqual([{ id: 'mine', kind: 'lose', met: 2 }]);
  });

  it.each<[string, object]>([
    ['fault.kind must be one of lose, reorder, repeat, delay, refuse-creation', { kind: 'eat' }],
    ['fault.share must be a number from 0 to 1', { kind: 'lose', share: 2 }],
    ['fault.count must be a whole number from 1', { kind: 'lose', count: 0 }],
    ['fault.ms is missing', { kind: 'delay' }],
    ['fault.ms is not known', { kind: 'lose', ms: 5 }],
    ['fault.status must be a status from 400 to 599', { kind: 'refuse-creation', status: 200 }],
    ['fault.id is that of another fault: mine', { kind: 'lose', id: 'mine' }],
  ])('is refused when it is not valid: %s', (message, fault) => {
    const { faults } = someFaults();
    faults.add({ id: 'mine', kind: 'lose' });

    const add = (): string => faults.add(fault as never);

    expect(add).toThrow(expect.objectContaining({ code: 'fault-rule-invalid', message }));
    expect(faults.all()).toHaveLength(1);
  });
});
