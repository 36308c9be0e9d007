import { describe, expect, it } from '@jest/globals';
import type { Charges } from '../../../src/graph/throttling/charges.ts';
import { Throttle, type Caller } from '../../../src/graph/throttling/throttle.ts';

const now = new Date(Date.UTC(2026, 0, 5));
const caller: Caller = { appId: 'app', tenantId: 'tenant', users: 1000, mailbox: '' };

/** How many times the charges fit, going from one caller to the next; and whose budget it was that did not suffice. */
function fitting(throttle: Throttle, charges: Charges, callers: readonly Caller[]): [number, string] {
  for (let n = 0; n < 1000; n += 1) {
    const { exceeded } = throttle.charge(callers[n % callers.length] ?? caller, charges, now);
    if (exceeded) return [n, exceeded.budget.scope];
  }
  return [Infinity, 'none'];
}

function several(property: 'appId' | 'tenantId', count: number): Caller[] {
  return Array.from({ length: count }, (_, n) => ({ ...caller, [property]: `${property} ${n}` }));
}

describe('Throttle', () => {
  it.each([
    ['requests of an application', { requests: 1 }, 'tenantId', [130, 'Application']],
    ['resource units of an application', { resourceUnits: 1 }, 'tenantId', [150, 'Application']],
    ['writes of an application', { writes: 1 }, 'tenantId', [35, 'Application']],
    ['writes in a tenant', { writes: 1 }, 'appId', [18, 'Tenant']],
    ['requests about subscriptions in a tenant', { subscriptionRequests: 1 }, 'appId', [10, 'Tenant']],
    ['writes of subscriptions in a tenant', { subscriptionWrites: 1 }, 'appId', [2, 'Tenant']],
  ] as const)('counts %s together', (_, charges, property, expected) => {
    expect(fitting(new Throttle({ scale: 0.001 }), charges, several(property, 40))).toEqual(expected);
  });

  it.each([
    ['resource units', { resourceUnits: 1 }, 8],
    ['writes', { writes: 1 }, 3],
    ['requests about subscriptions', { subscriptionRequests: 1 }, 5],
    ['writes of subscriptions', { subscriptionWrites: 1 }, 1],
  ] as const)('counts %s of an application in a tenant by themselves', (_, charges, expected) => {
    const throttle = new Throttle({ scale: 0.001 });

    expect(fitting(throttle, charges, [caller])).toEqual([expected, 'Tenant_Application']);
    expect(throttle.charge({ ...caller, tenantId: 'other', appId: 'other' }, charges, now).exceeded).toBeUndefined();
  });

  it('counts requests and uploads for a mailbox by themselves', () => {
    const throttle = new Throttle({ scale: 0.001 });
    const mailbox = { ...caller, mailbox: 'one' };

    expect(fitting(throttle, { mailboxRequests: 1 }, [mailbox])).toEqual([10, 'Mailbox_Application']);
    expect(fitting(throttle, { mailboxBytes: 16 * 1024 }, [mailbox])).toEqual([9, 'Mailbox_Application']);
    expect(throttle.charge({ ...mailbox, mailbox: 'two' }, { mailboxRequests: 1 }, now).exceeded).toBeUndefined();
  });

  it('gives a tenant that has grown more', () => {
    const throttle = new Throttle({ scale: 0.01 });
    const small = fitting(throttle, { resourceUnits: 1 }, [{ ...caller, users: 49 }]);

    expect(small).toEqual([35, 'Tenant_Application']);
    expect(throttle.charge({ ...caller, users: 501 }, { resourceUnits: 1 }, now).exceeded).toBeUndefined();
  });

  it('reports the largest share of the budgets of the directory', () => {
    const throttle = new Throttle({ scale: 0.01 });

    expect(throttle.charge(caller, { requests: 1, resourceUnits: 1, writes: 1, mailboxRequests: 99 }, now).share).toBe(
      1 / 30,
    );
  });

  it('has no limits when it is off', () => {
    expect(fitting(new Throttle(false), { resourceUnits: 10_000 }, [caller])).toEqual([Infinity, 'none']);
  });
});
