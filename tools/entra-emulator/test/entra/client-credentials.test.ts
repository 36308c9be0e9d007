import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { anApplication, TENANT_ID } from './a-directory.ts';
import { askForToken, GRAPH_SCOPE } from './ask-for-token.ts';
import { openDoors } from './doors.ts';

const doors = openDoors();
const application = anApplication();
const secret = application.passwordCredentials[0]?.secretText ?? '';
const ask = askForToken.bind(undefined, doors);

beforeEach(() => void (doors.directory.registered = [application]));

describe('POST /{tenant}/oauth2/v2.0/token with client_credentials', () => {
  it('answers with a token that carries the permissions granted, and no refresh token', async () => {
    const { status, headers, body } = await ask();

    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(body)).toEqual(['token_type', 'expires_in', 'ext_expires_in', 'access_token']);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      aud: 'https://graph.microsoft.com',
      appid: application.appId,
      tid: TENANT_ID,
      roles: ['User.Read.All'],
      idtyp: 'app',
      ver: '1.0',
    });
  });

  it('answers without roles when none are granted', async () => {
    doors.directory.registered = [anApplication({ appRoles: [] })];

    const { body } = await ask();

    expect(decodeJwt(String(body['access_token']))).not.toHaveProperty('roles');
  });

  it.each([
    ['Graph with a doubled slash', () => 'https://graph.microsoft.com//.default'],
    ["Graph's application id", () => '00000003-0000-0000-c000-000000000000/.default'],
    ['the https door', () => `${doors.https}/.default`],
    ['the http door', () => `${doors.http}/.default`],
  ])('takes %s for Graph', async (_name, scope) => {
    expect((await ask({ scope: scope() })).status).toBe(200);
  });

  it('takes the credentials as Basic authorisation, form-encoded', async () => {
    const basic = (value: string) => ({
      authorization: `Basic ${Buffer.from(`${application.appId}:${encodeURIComponent(value)}`).toString('base64')}`,
    });
    const unsaid = { client_id: undefined, client_secret: undefined };

    expect((await ask(unsaid, basic(secret))).status).toBe(200);
    expect((await ask(unsaid, basic('wrong'))).body).toMatchObject({ error_codes: [7000215] });
  });

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
    ['no secret', { client_secret: undefined }, 401, 'invalid_client', 7000218],
    [
      'an unknown application',
      { client_id: 'dddddddd-0000-4000-8000-000000000009' },
      400,
      'unauthorized_client',
      700016,
    ],
    ['no application', { client_id: undefined }, 400, 'invalid_request', 900144],
    ['no grant type', { grant_type: undefined }, 400, 'invalid_request', 900144],
    ['an unknown grant type', { grant_type: 'wish' }, 400, 'unsupported_grant_type', 70003],
    ['no scope', { scope: undefined }, 400, 'invalid_request', 900144],
    [
      'a single permission as scope',
      { scope: 'https://graph.microsoft.com/User.Read.All' },
      400,
      'invalid_scope',
      70011,
    ],
    ['two scopes', { scope: `${GRAPH_SCOPE} ${GRAPH_SCOPE}` }, 400, 'invalid_scope', 70011],
    ['another resource', { scope: 'https://vault.example/.default' }, 400, 'invalid_resource', 500011],
  ])('refuses %s', async (_name, changes, status, error, number) => {
    const answer = await ask(changes);

    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error, error_codes: [number] });
    expect(answer.body['error_description']).toMatch(new RegExp(`^AADSTS${number}: `));
  });

  it('says by 501 which grant types it lacks', async () => {
    const answer = await ask({ grant_type: 'password' });

    expect(answer.status).toBe(501);
    expect(answer.body).toMatchObject({ error: 'not_implemented', error_codes: [] });
  });

  it('refuses in the shape of a recorded error', async () => {
    const correlation = '12345678-1234-4234-8234-123456789abc';
    const { body } = await ask({ scope: 'nonsense' }, { 'client-request-id': correlation });

    expect(Object.keys(body)).toEqual([
      'error',
      'error_description',
      'error_codes',
      'timestamp',
      'trace_id',
      'correlation_id',
      'error_uri',
    ]);
    expect(body['timestamp']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    expect(body['correlation_id']).toBe(correlation);
    expect(body['error_description']).toContain(`\r\nTrace ID: ${String(body['trace_id'])}\r\n`);
  });

  it('needs a tenant', async () => {
    expect((await ask({}, {}, 'common')).body).toMatchObject({ error_codes: [9001023] });
    expect((await ask({}, {}, 'organizations')).body).toMatchObject({ error_codes: [50059] });
    expect((await ask({}, {}, 'contoso.example')).status).toBe(200);
  });

  it('refuses a parameter given twice and a body that is no form', async () => {
    const url = `${doors.https}/${TENANT_ID}/oauth2/v2.0/token`;
    const twice = new URLSearchParams([
      ['grant_type', 'client_credentials'],
      ['scope', GRAPH_SCOPE],
      ['scope', GRAPH_SCOPE],
    ]);

    const doubled = await doors.send(url, { method: 'POST', body: twice });
    const asJson = await doors.send(url, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });

    expect(await doubled.json()).toMatchObject({ error_codes: [9000411] });
    expect(await asJson.json()).toMatchObject({ error_codes: [900144] });
  });
});
