import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RecordedSpans, recordSpans } from '@learnamp/testkit';
import { inSpan } from '@learnamp/tracing';
import fc from 'fast-check';
import { requestSpan, routeOf } from '../../src/tracing/request-span.ts';

describe('the route of a request to Graph', () => {
  it.each([
    ['/v1.0/users/8f0c3b1e-6f0a-4a53-8a0e-111111111111/photo/$value', '/v1.0/users/{id}/photo/$value'],
    ['/v1.0/users/ada@example.test', '/v1.0/users/{id}'],
    ['/v1.0/groups/8f0c3b1e-6f0a-4a53-8a0e-111111111111/members/$count', '/v1.0/groups/{id}/members/$count'],
    ['/v1.0/users/delta', '/v1.0/users/delta'],
    ['/v1.0/$batch', '/v1.0/$batch'],
    ['/v1.0/users/8f0c3b1e-6f0a-4a53-8a0e-111111111111/photos/48x48/$value', '/v1.0/users/{id}/photos/{id}/$value'],
  ])('of %s is %s', (path, route) => {
    expect(routeOf(path)).toBe(route);
  });

  it('has nothing in it that could be an id or a name, whatever stands in the address', () => {
    const canary = 'zqx';
    const part = fc.string({ minLength: 1 }).map((text) => `${canary}${text.replaceAll('/', '')}`);
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(routeOf(`/v1.0/users/${parts.join('/')}`)).not.toContain(canary);
      }),
    );
  });
});

describe('the span of a request to Graph', () => {
  let recorded: RecordedSpans;
  beforeEach(() => {
    recorded = recordSpans();
  });
  afterEach(() => recorded.stop());

  const sent = { method: 'GET', path: '/v1.0/users/ada', milliseconds: 30, batchMembers: 0, throttled: false };
  const told = async (request: Parameters<typeof requestSpan>[0]) => {
    await inSpan('run', { scope: 'test' }, () => {
      requestSpan(request);
      return Promise.resolve();
    });
    return recorded.spans().find(({ kind }) => kind === 'client');
  };

  it('tells of method, route, status and time', async () => {
    expect(await told({ ...sent, status: 200 })).toMatchObject({
      name: 'GET /v1.0/users/{id}',
      milliseconds: 30,
      failed: false,
      attributes: {
        'http.request.method': 'GET',
        'url.template': '/v1.0/users/{id}',
        'http.response.status_code': 200,
      },
    });
  });

  it('says that Graph asked to wait, and how many requests a batch carried', async () => {
    const batch = { ...sent, method: 'POST', path: '/v1.0/$batch', status: 200, batchMembers: 20, throttled: true };

    const attributes = { 'learnamp.graph.throttled': true, 'learnamp.graph.batch_members': 20 };
    expect(await told(batch)).toMatchObject({ attributes });
  });

  it.each([{ status: 429 }, {}])('has failed with %j', async (answer) => {
    expect(await told({ ...sent, ...answer })).toMatchObject({ failed: true });
  });
});
