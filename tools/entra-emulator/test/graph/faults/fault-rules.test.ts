import { describe, expect, it } from '@jest/globals';
import { FaultRules } from '../../../src/graph/faults/fault-rules.ts';
import type { FaultRequest } from '../../../src/index.ts';
import { aClock } from '../a-clock.ts';

const request: FaultRequest = {
  service: 'graph',
  method: 'GET',
  url: '/users/1?$select=id',
  template: 'GET /users/{user}',
  count: 1,
  batchMember: false,
  tenantId: 'tenant',
  appId: 'app',
};

/** Which of so many requests a rule spoils. */
function spoilt(rules: FaultRules, count: number, about: Partial<FaultRequest> = {}): number[] {
  return Array.from({ length: count }, (_, n) => n + 1).filter(() => rules.meet({ ...request, ...about }).length > 0);
}

describe('FaultRules', () => {
  it.each([
    ['service', {}, { service: 'entra' as const }],
    ['service', { service: 'graph' }, { service: 'entra' as const }],
    ['method', { method: 'get' }, { method: 'PATCH' }],
    ['template', { template: 'GET /users/{anything}' }, { template: 'GET /groups/{group}' }],
    ['url', { url: '^/users/1\\?' }, { url: '/users/2' }],
    ['tenantId', { tenantId: 'TENANT' }, { tenantId: 'other' }],
    ['appId', { appId: 'app' }, { appId: 'other' }],
    ['batchMember', { batchMember: false }, { batchMember: true }],
  ])('choose by %s', (_, match, other) => {
    const rules = new FaultRules(aClock(), [{ match, fault: { drop: true } }]);

    expect([spoilt(rules, 1), spoilt(rules, 1, other)]).toEqual([[1], []]);
  });

  it('know nobody of a request whose token was refused', () => {
    const rules = new FaultRules(aClock(), [{ match: { tenantId: 'tenant' }, fault: { drop: true } }]);
    const { tenantId, ...anonymous } = request;

    expect([rules.meet({ ...anonymous, tenantId: tenantId ?? '' }).length, rules.meet(anonymous).length]).toEqual([
      1, 0,
    ]);
  });

  it.each([
    [{ nth: 3 }, [3]],
    [{ every: 4 }, [4, 8]],
    [{ times: 2 }, [1, 2]],
    [{ every: 2, times: 3 }, [2, 4, 6]],
  ])('take turns by %j', (match, expected) => {
    const rules = new FaultRules(aClock(), [{ match, fault: { drop: true } }]);

    expect(spoilt(rules, 10)).toEqual(expected);
  });

  it('count only requests that they are about', () => {
    const rules = new FaultRules(aClock(), [{ match: { method: 'GET', nth: 2 }, fault: { drop: true } }]);
    rules.meet({ ...request, method: 'PATCH' });

    expect(spoilt(rules, 3)).toEqual([2]);
    expect(rules.all()).toMatchObject([{ id: 'rule-1', matched: 3, applied: 1 }]);
  });

  it('draw a share by their seed: always the same one, and another by another seed', () => {
    const drawn = (seed: number): number[] =>
      spoilt(new FaultRules(aClock(), [{ match: { share: 0.2 }, fault: { drop: true }, seed }]), 1000);

    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(2)).not.toEqual(drawn(1));
    expect(drawn(1).length).toBeGreaterThan(150);
    expect(drawn(1).length).toBeLessThan(250);
  });

  it.each([
    ['page', '/users?$skiptoken=x', '/users/delta?$deltatoken=x'],
    ['delta', '/users/delta?$deltatoken=x', '/users/delta?$deltatoken=latest'],
    ['delta', '/users/delta?$select=id&%24deltatoken=x', '/users/delta?$deltatoken='],
    ['reset', '/users/delta?$skiptoken=x', '/users/delta'],
  ])('let a %s token expire where there is one: %s, not %s', (expire, url, other) => {
    const rules = new FaultRules(aClock(), [{ fault: { expire } }]);

    expect([spoilt(rules, 1, { url }), spoilt(rules, 1, { url: other })]).toEqual([[1], []]);
  });

  it('land on one of several replicas, each of them now and then', () => {
    const rules = new FaultRules(aClock(), [{ fault: { lag: [{ ms: 0 }, { ms: 1000 }, { ms: 5000 }] } }]);
    const lags = Array.from({ length: 60 }, () => rules.meet(request)[0]?.fault.lag);

    expect(new Set(lags.map((lag) => JSON.stringify(lag)))).toHaveProperty('size', 3);
  });

  it('end after their time', () => {
    const clock = aClock();
    const rules = new FaultRules(clock, [{ fault: { status: 503 }, forMs: 1000 }]);
    clock.advance(999);
    const before = spoilt(rules, 1);
    clock.advance(1);

    expect([before, spoilt(rules, 1), rules.all()]).toEqual([[1], [], []]);
  });

  it('are added, removed and replaced by id', () => {
    const rules = new FaultRules(aClock());
    const made = rules.add({ fault: { drop: true } });
    rules.add({ id: 'mine', fault: { drop: true } });

    expect(rules.all().map(({ id }) => id)).toEqual([made, 'mine']);
    expect([rules.remove(made), rules.remove(made)]).toEqual([true, false]);
    expect(() => rules.add({ id: 'mine', fault: {} })).toThrow('rule.id is that of another rule: mine');
    rules.replace([{ id: 'other', fault: {} }]);
    expect(rules.all().map(({ id }) => id)).toEqual(['other']);
  });

  it('stay as they were when one of those that would replace them is not valid', () => {
    const rules = new FaultRules(aClock(), [{ id: 'old', fault: {} }]);

    expect(() => rules.replace([{ id: 'new', fault: {} }, { fault: { status: 1 } }])).toThrow('rules[1].fault.status');
    expect(rules.all().map(({ id }) => id)).toEqual(['old']);
  });
});
