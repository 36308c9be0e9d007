import { describe, expect, it } from '@jest/globals';
import { checkFaultRule } from '../../../src/graph/faults/check-fault-rule.ts';

describe('checkFaultRule', () => {
  it.each([
    [{ fault: {} }],
    [{ id: 'slow', fault: { delayMs: 10 }, forMs: 1000, seed: 7 }],
    [{ match: { method: 'GET', template: 'GET /users/{id}', url: '\\$select=', nth: 2 }, fault: { drop: true } }],
    [
      {
        match: { tenantId: 't', appId: 'a', batchMember: true, every: 3, share: 0.5, times: 1 },
        fault: { status: 503 },
      },
    ],
    [{ fault: { cut: 'length', code: 'x', message: 'y', retryAfter: 2.5, expire: 'reset', lag: { changes: 1 } } }],
    [
      {
        fault: {
          indexLag: { ms: 5000 },
          lag: [{ ms: 0 }, { ms: 5000 }],
          emptyAnswer: true,
          emptyPage: true,
          idsOnly: true,
        },
      },
    ],
    [{ fault: { delta: { pageSize: 1, linksPerPage: 1, repeats: 1, emptyPages: 0, seed: 1 } } }],
  ])('takes %j', (rule) => {
    expect(checkFaultRule('rule', rule)).toBe(rule);
  });

  it.each([
    ['text', 'rule must be an object'],
    [{}, 'rule.fault is missing'],
    [{ fault: {}, when: {} }, 'rule.when is not known'],
    [{ fault: [] }, 'rule.fault must be an object'],
    [{ fault: { explode: true } }, 'rule.fault.explode is not known'],
    [{ fault: { status: 200 } }, 'rule.fault.status must be a status from 400 to 599'],
    [{ fault: { drop: 1 } }, 'rule.fault.drop must be true or false'],
    [{ fault: { cut: 'half' } }, 'rule.fault.cut must be one of length, chunk'],
    [{ fault: { lag: { hours: 1 } } }, 'rule.fault.lag must be {"changes": n}, {"ms": n}, or a list of such'],
    [{ fault: { indexLag: [{ ms: 1 }] } }, 'rule.fault.indexLag must be {"changes": n} or {"ms": n}'],
    [{ fault: { lag: [] } }, 'rule.fault.lag must be {"changes": n}, {"ms": n}, or a list of such'],
    [{ fault: { lag: { ms: 1, changes: 1 } } }, 'rule.fault.lag must be {"changes": n}, {"ms": n}, or a list of such'],
    [{ fault: { delayMs: -1 } }, 'rule.fault.delayMs must be a number from 0'],
    [{ fault: { delta: { pageSize: 0 } } }, 'rule.fault.delta.pageSize must be a whole number from 1'],
    [{ fault: {}, match: { url: '(' } }, 'rule.match.url must be a regular expression'],
    [{ fault: {}, match: { share: 2 } }, 'rule.match.share must be a number from 0 to 1'],
    [{ fault: {}, match: { nth: 0 } }, 'rule.match.nth must be a whole number from 1'],
    [{ fault: {}, id: '' }, 'rule.id must be a text that is not empty'],
    [{ fault: {}, seed: 1.5 }, 'rule.seed must be a whole number'],
  ])('refuses %j: %s', (rule, message) => {
    expect(() => checkFaultRule('rule', rule)).toThrow(
      expect.objectContaining({ code: 'fault-rule-invalid', message }),
    );
  });
});
