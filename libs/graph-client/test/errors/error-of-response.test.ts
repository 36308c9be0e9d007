import { describe, expect, it } from '@jest/globals';
import { errorOfResponse } from '../../src/index.ts';
import { graphError } from '../local-graph.ts';

const answer = (status: number, body?: unknown) => errorOfResponse({ status, headers: {}, body });

describe('the error of an answer', () => {
  it.each([
    [400, 'bad-request', false],
    [401, 'unauthenticated', false],
    [403, 'forbidden', false],
    [404, 'not-found', false],
    [409, 'conflict', false],
    [410, 'delta-token-expired', false],
    [429, 'throttled', true],
    [500, 'unavailable', true],
    [503, 'unavailable', true],
    [504, 'unavailable', true],
    [302, 'redirected', false],
  ])('%d with a code that nobody knows is %s', (status, code, retriable) => {
    expect(answer(status, graphError('SomethingNew'))).toMatchObject({
      code,
      retriable,
      status,
      graphCode: 'SomethingNew',
    });
  });

  it.each(['syncStateNotFound', 'SyncStateNotFound', 'SYNCSTATENOTFOUND', 'resyncRequired'])(
    '400 with code %s means that the delta token is expired',
    (code) => {
      expect(answer(400, graphError(code))).toMatchObject({ code: 'delta-token-expired', retriable: false });
    },
  );

  it('takes the innermost code that it knows', () => {
    const inner = { code: 'badToken', innererror: { code: 'syncStateNotFound', innerError: { code: 'evenNewer' } } };

    expect(answer(400, graphError('badRequest', inner))).toMatchObject({
      code: 'delta-token-expired',
      graphCode: 'syncStateNotFound',
    });
  });

  it('keeps the request id for support', () => {
    expect(answer(403, graphError('accessDenied', { 'request-id': 'r-1' })).requestId).toBe('r-1');
  });

  it('takes a code that only repeats the status for none', () => {
    expect(answer(429, graphError('TooManyRequests', { code: '429' })).graphCode).toBe('TooManyRequests');
  });

  it.each([['<html>not here</html>'], [undefined], [{ message: 'nope' }], [{ error: 'nope' }]])(
    'a 404 that is not from Graph itself proves no absence: %j',
    (body) => {
      expect(answer(404, body)).toMatchObject({ code: 'unexpected-response', retriable: true });
    },
  );

  it('says not-found for no status but 404, whatever the code', () => {
    expect(answer(403, graphError('Request_ResourceNotFound')).code).toBe('forbidden');
    expect(answer(404, graphError('Request_ResourceNotFound')).code).toBe('not-found');
  });

  it('is not led into endless nesting', () => {
    const endless: Record<string, unknown> = { code: 'a' };
    endless['innerError'] = endless;

    expect(answer(400, { error: endless }).code).toBe('bad-request');
  });
});
