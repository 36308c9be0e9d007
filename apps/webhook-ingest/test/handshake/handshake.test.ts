import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readValidationToken } from '../../src/handshake/validation-token.ts';
import { type Door, startDoor } from '../start-door.ts';

let door: Door;
beforeAll(async () => {
  door = await startDoor();
});
afterAll(() => door.close());

const shake = (
  path: string,
  query: string,
  headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' },
) => fetch(`${door.origin}${path}?${query}`, { method: 'POST', headers });

describe.each(['/graph/notifications', '/graph/lifecycle'])('POST %s?validationToken', (path) => {
  it('answers the decoded token as plain text that nothing interprets or stores', async () => {
    const response = await shake(path, 'validationToken=Validation%3a+Testing%20client%2Freach%2Bability');

    expect(response.status).toBe(200);
    expect(await response.text()).toBe('Validation: Testing client/reach+ability');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('needs neither body nor content type, and minds none', async () => {
    const bare = await shake(path, 'validationToken=abc', {});
    const json = await fetch(`${door.origin}${path}?validationToken=abc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'not json',
    });

    expect([bare.status, await bare.text()]).toEqual([200, 'abc']);
    expect([json.status, await json.text()]).toEqual([200, 'abc']);
  });

  it('finds the token behind a query of our own', async () => {
    expect(await (await shake(path, 'a=b&validationToken=abc&c=d')).text()).toBe('abc');
  });

  it('takes a question mark within the token for a part of it', async () => {
    expect(await (await shake(path, 'validationToken=a?b=c?d')).text()).toBe('a?b=c?d');
  });

  it.each([
    ['two tokens', 'validationToken=abc&validationToken=def'],
    ['an empty token', 'validationToken='],
    ['a token without a value', 'validationToken'],
    ['markup', 'validationToken=%3Cscript%3Ealert(1)%3C/script%3E'],
    ['a closing bracket', 'validationToken=a%3Eb'],
    ['a line break', 'validationToken=a%0D%0Ab'],
    ['a C1 control character', 'validationToken=a%C2%85b'],
    ['bytes that are no UTF-8', 'validationToken=%FF'],
    ['a broken escape', 'validationToken=abc%'],
    ['a long token', `validationToken=${'a'.repeat(2049)}`],
  ])('refuses %s without repeating it', async (_name, query) => {
    const response = await shake(path, query);

    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.text()).toBe(
      '{"type":"about:blank","title":"The request is not as Microsoft Graph sends it.","status":400,"code":"bad-request"}',
    );
  });

  it('answers nobody but POST', async () => {
    expect((await fetch(`${door.origin}${path}?validationToken=abc`)).status).toBe(404);
  });
});

describe('a handshake', () => {
  it('leaves nothing in the bus and its token in no log', async () => {
    await shake('/graph/notifications', 'validationToken=very-secret-word');

    expect(await door.published()).toEqual([]);
    expect(door.log.join('')).toContain('validation handshake answered');
    expect(door.log.join('')).not.toContain('very-secret-word');
  });

  it('takes a token of the longest length', async () => {
    const token = 'a'.repeat(2048);

    expect(await (await shake('/graph/notifications', `validationToken=${token}`)).text()).toBe(token);
  });
});

describe('readValidationToken', () => {
  const harmless = fc
    .string({ minLength: 1, maxLength: 100, unit: 'grapheme' })
    .filter((text) => !/[<>\p{Cc}]/u.test(text));

  it('decodes exactly once', () => {
    fc.assert(
      fc.property(harmless, (token) => {
        expect(readValidationToken(`/x?validationToken=${encodeURIComponent(token)}`)).toEqual({
          kind: 'token',
          token,
        });
      }),
    );
  });

  it('never lets through what a browser could take for markup, however it is written', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('<', '%3C', '%253C', '\u0000', '%00', '&', '=', '+', '%'));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const read = readValidationToken(`/x?validationToken=${pieces.join('')}`);
        expect(read.kind === 'token' && /[<>\p{Cc}]/u.test(read.token)).toBe(false);
      }),
    );
  });
});
