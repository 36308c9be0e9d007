import { describe, expect, it } from '@jest/globals';
import type { LoggedRequest } from '@learnamp/entra-emulator';
import { earlyCalls } from '../../../src/figures/provisioning/budgets/early-calls.ts';

const start = Date.parse('2026-11-25T12:00:00Z');
let made = 0;

/** A request that came so many milliseconds after the start and was answered 20 ms later. */
const aRequest = (atMs: number, more: Partial<LoggedRequest> = {}): LoggedRequest => ({
  id: `request ${(made += 1)}`,
  at: new Date(start + atMs).toISOString(),
  method: 'GET',
  url: '/users',
  template: 'GET /users',
  tenantId: 'a',
  status: 200,
  resourceUnits: 1,
  throttled: false,
  faults: [],
  ms: 20,
  ...more,
});
const refused = { status: 429 } as const;

describe('calls before the time that a refusal named', () => {
  it('are counted, whichever request of that tenant they are', () => {
    const log = [aRequest(0, refused), aRequest(500), aRequest(900, { url: '/groups' }), aRequest(1100)];

    expect(earlyCalls(log)).toEqual({ refusals: 1, early: 2 });
  });

  it('are none of another tenant, and none that was under way', () => {
    const log = [aRequest(0, refused), aRequest(10), aRequest(200), aRequest(500, { tenantId: 'b' })];

    expect(earlyCalls(log)).toEqual({ refusals: 1, early: 0 });
  });

  it('count from when the batch was answered whose member was refused', () => {
    const batch = aRequest(0, { template: 'POST /$batch', ms: 2000 });
    const member = aRequest(1, { ...refused, batchId: batch.id });

    expect(earlyCalls([batch, member, aRequest(1900)])).toEqual({ refusals: 1, early: 0 });
    expect(earlyCalls([batch, member, aRequest(2500)])).toEqual({ refusals: 1, early: 1 });
    expect(earlyCalls([batch, member, aRequest(3100)])).toEqual({ refusals: 1, early: 0 });
  });
});
