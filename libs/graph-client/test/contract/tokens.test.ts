import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ClientCredential,
  createGraphClient,
  createTokenSource,
  getGroup,
  type TokenSourceOptions,
} from '../../src/index.ts';
import { graphErrorOf, guid } from '../a-client.ts';
import { applications, clientCertificate, type LocalMicrosoft, startLocalMicrosoft } from './local-microsoft.ts';

let microsoft: LocalMicrosoft;
beforeAll(async () => {
  microsoft = await startLocalMicrosoft();
}, 60_000);
afterAll(() => microsoft.emulator.stop());

const tokens = (changed: Partial<TokenSourceOptions> = {}) =>
  createTokenSource({
    authorityHost: microsoft.emulator.authorityHost,
    tenantId: microsoft.emulator.tenantId,
    clientId: applications.reader.appId,
    credential: { secret: 'secret 1' },
    ...changed,
  });

const rootGroup = (token: ReturnType<typeof createTokenSource>) =>
  getGroup(
    createGraphClient({ graphBaseUrl: microsoft.emulator.graphBaseUrl, token }),
    microsoft.file.rootGroupId ?? '',
  );

describe('a token', () => {
  it('by secret opens Graph', async () => {
    expect(await rootGroup(tokens())).toMatchObject({ displayName: 'Learn Amp Users' });
  });

  it('by certificate opens Graph', async () => {
    expect(await rootGroup(tokens({ credential: clientCertificate }))).toMatchObject({
      displayName: 'Learn Amp Users',
    });
  });

  it('is asked for with the next credential where Entra does not take the first', async () => {
    const [old, next] = [{ secret: 'an old one' }, { secret: 'secret 1' }];
    const refused: ClientCredential[] = [];
    const credential = {
      current: () => (refused.includes(old) ? next : old),
      refused: (one: ClientCredential) => refused.push(one) > 0,
    };

    expect(await rootGroup(tokens({ credential }))).toMatchObject({ displayName: 'Learn Amp Users' });
    expect(refused).toEqual([old]);
  });

  it('is kept, shared by callers at the same time, and replaced when asked', async () => {
    const token = tokens();

    const [one, other] = await Promise.all([token(), token()]);
    const later = await token();
    const fresh = await token({ refresh: true });

    expect(other).toBe(one);
    expect(later).toBe(one);
    expect(fresh).not.toBe(one);
  });
});

describe('no token', () => {
  it.each<[string, Partial<TokenSourceOptions>, string]>([
    ['with a wrong secret', { credential: { secret: 'wrong' } }, 'AADSTS7000215'],
    [
      'with several that are wrong',
      { credential: { current: () => ({ secret: 'wrong' }), refused: () => false } },
      'AADSTS7000215',
    ],
    ['for an unknown application', { clientId: guid(5) }, 'AADSTS700016'],
    ['of an unknown tenant', { tenantId: guid(6) }, 'AADSTS90002'],
  ])('is given %s, and the reason is a hint', async (_name, changed, graphCode) => {
    expect(await graphErrorOf(tokens(changed)())).toMatchObject({ code: 'token-refused', retriable: false, graphCode });
  });

  it('is given by an authority that is away, which may pass', async () => {
    const token = tokens({ authorityHost: 'https://127.0.0.1:1' });

    expect(await graphErrorOf(token())).toMatchObject({ code: 'token-unavailable', retriable: true });
  });

  it('leaves secret, tenant and application in no log', async () => {
    const lines: string[] = [];
    const log = (fields: object, message: string) => lines.push(JSON.stringify({ ...fields, message }));
    const token = tokens({ credential: { secret: 'wrong-secret' }, logger: { debug: log, warn: log } });

    const error = await graphErrorOf(token());

    const texts = [...lines, error.message, String(error.cause)].join('\n');
    expect(lines.join()).toContain('AADSTS7000215');
    expect(texts).not.toMatch(/wrong-secret/);
    expect(texts).not.toContain(microsoft.emulator.tenantId);
    expect(texts).not.toContain(applications.reader.appId);
  });
});

describe('a token source', () => {
  it.each<[string, Partial<TokenSourceOptions>]>([
    ['common instead of a tenant', { tenantId: 'common' }],
    ['a domain instead of a tenant', { tenantId: 'contoso.example' }],
    ['an authority without https', { authorityHost: 'http://localhost:4100' }],
    ['an authority with a path', { authorityHost: 'https://login.microsoftonline.com/common' }],
    ['a certificate that is none', { credential: { pem: 'x' } }],
  ])('is refused for %s', (_name, changed) => {
    expect(() => tokens(changed)).toThrow(expect.objectContaining({ code: 'bad-configuration' }));
  });
});
