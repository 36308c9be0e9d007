import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { graphOrigin } from '../../src/client/graph-origin.ts';
import { aClient } from '../a-client.ts';
import { startLocalGraph } from '../local-graph.ts';

const graph = graphOrigin('https://graph.microsoft.com');

describe('the Graph base URL', () => {
  it.each([
    'https://graph.microsoft.com',
    'https://graph.microsoft.com/',
    'http://localhost:4100',
    'http://127.0.0.1:1',
  ])('may be %s', (base) => {
    expect(graphOrigin(base).resolve('/users')).toBe(`${base.replace(/\/$/, '')}/v1.0/users`);
  });

  it.each([
    'http://graph.microsoft.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'https://graph.microsoft.com/v1.0',
    'https://graph.microsoft.com/?a=b',
    'https://someone@graph.microsoft.com',
    'ftp://localhost',
    'graph.microsoft.com',
    '',
  ])('may not be "%s"', (base) => {
    expect(() => graphOrigin(base)).toThrow(expect.objectContaining({ code: 'bad-configuration' }));
  });
});

describe('a link', () => {
  it.each([
    'https://graph.microsoft.com/v1.0/users?$skiptoken=a',
    'https://graph.microsoft.com:443/v1.0/users/delta?$deltatoken=a',
    'HTTPS://GRAPH.MICROSOFT.COM/v1.0/users',
  ])('of Graph is left as it is: %s', (link) => {
    expect(graph.resolve(link)).toBe(link);
  });

  it.each([
    'https://graph.microsoft.com.example.com/v1.0/users',
    'https://graph.microsoft.com@example.com/v1.0/users',
    'https://someone:else@graph.microsoft.com/v1.0/users',
    'https://graph.microsoft.com:444/v1.0/users',
    'http://graph.microsoft.com/v1.0/users',
    'https://example.com/https://graph.microsoft.com/v1.0/users',
    'https:\\\\example.com/v1.0/users',
    'https:/graph.microsoft.com/v1.0/users',
    '//example.com/v1.0/users',
    '\\\\example.com/users',
    'users',
    'javascript:alert(1)',
    ' https://graph.microsoft.com/v1.0/users',
    '',
  ])('that leads elsewhere is refused: "%s"', (link) => {
    expect(() => graph.resolve(link)).toThrow(expect.objectContaining({ code: 'foreign-link', retriable: false }));
  });

  it('is never let through to another host, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string(), fc.domain()), (link) => {
        let resolved: string | undefined;
        try {
          resolved = graph.resolve(link);
        } catch {
          return;
        }
        expect(new URL(resolved).host).toBe('graph.microsoft.com');
      }),
    );
  });

  it('becomes the member of a batch by losing its origin and version alone', () => {
    expect(graph.relative('https://graph.microsoft.com/v1.0/groups/g/members?$skiptoken=%2f&a=/v1.0/')).toBe(
      '/groups/g/members?$skiptoken=%2f&a=/v1.0/',
    );
    expect(graph.relative('/users?$select=id')).toBe('/users?$select=id');
  });

  it('to another version is refused as the member of a batch', () => {
    expect(() => graph.relative('https://graph.microsoft.com/beta/users')).toThrow(
      expect.objectContaining({ code: 'foreign-link' }),
    );
  });
});

describe('a stored link of another server', () => {
  it('costs neither a token nor a request', async () => {
    const [ours, theirs] = [await startLocalGraph(() => ({ body: {} })), await startLocalGraph(() => ({ body: {} }))];
    let tokens = 0;
    const token = () => {
      tokens += 1;
      return Promise.resolve('a-token');
    };
    const client = aClient(ours.origin, { token });

    await expect(client.request({ url: `${theirs.origin}/v1.0/users` })).rejects.toMatchObject({
      code: 'foreign-link',
    });
    expect([tokens, theirs.arrived.length]).toEqual([0, 0]);

    await client.request({ url: `${ours.origin}/v1.0/users` });
    expect([tokens, ours.arrived.length]).toEqual([1, 1]);
    await Promise.all([ours.close(), theirs.close()]);
  });
});
