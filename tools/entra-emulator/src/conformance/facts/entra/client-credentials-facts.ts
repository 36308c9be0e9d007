import { at } from '../../check-fact.ts';
import { makeClientCertificate, clientAssertion, type AssertionChanges } from './client-certificate.ts';
import { adele, applications, CONTOSO, contosoFile, fabrikamFile, SECRET } from './entra-directories.ts';
import { appToken, GRAPH_SCOPE, signingIn, token } from './entra-requests.ts';
import type { Fact, FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';

const { portal, withoutRoles } = applications;
const withCertificate = { ...portal, appId: '40000000-0000-4000-8000-0000000000ce', displayName: 'With a certificate' };

let certificate: ReturnType<typeof makeClientCertificate> | undefined;
/** Making a key takes a moment: only when somebody asks. */
const theCertificate = () => (certificate ??= makeClientCertificate());

function byAssertion(changes: AssertionChanges = {}, times = 1): Fact['ask'] {
  return async (world) => {
    const client_assertion = await clientAssertion(world, theCertificate(), withCertificate.appId, changes);
    const fields = {
      grant_type: 'client_credentials',
      scope: GRAPH_SCOPE,
      client_secret: undefined,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion,
    };
    for (let before = 1; before < times; before += 1) await token(world, fields, withCertificate);
    return token(world, fields, withCertificate);
  };
}

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${encodeURIComponent(secret)}`).toString('base64')}`,
});
const unsaid = { client_id: undefined, client_secret: undefined };

/** Tokens that an application gets for itself. */
export const clientCredentialsFacts: FactGroup = {
  title: 'client credentials',
  world: () => {
    const keyCredentials = [{ certificatePem: theCertificate().certificate.toString() }];
    const registered = [...(contosoFile.applications ?? []), { ...withCertificate, keyCredentials }];
    return openFactWorld({ directory: { ...contosoFile, applications: registered }, otherTenants: [fabrikamFile] });
  },
  facts: [
    {
      lines: ['7.5/1'],
      says: 'gives a token for a secret that was form-encoded',
      ask: appToken(portal),
      status: 200,
      values: {
        token_type: 'Bearer',
        'access.aud': 'https://graph.microsoft.com',
        'access.appid': portal.appId,
        'access.tid': CONTOSO,
        'access.roles': ['User.Read.All'],
      },
    },
    {
      lines: ['7.5/1'],
      says: 'takes the credentials as Basic authorisation',
      ask: appToken(portal, unsaid, CONTOSO, basic(portal.appId, SECRET)),
      status: 200,
    },
    {
      lines: ['7.5/1'],
      says: 'refuses a wrong secret as Basic authorisation',
      ask: appToken(portal, unsaid, CONTOSO, basic(portal.appId, 'wrong')),
      status: 401,
      code: 7000215,
    },
    {
      lines: ['7.5/1'],
      says: 'needs a tenant: common is refused',
      ask: appToken(portal, {}, 'common'),
      status: 400,
      code: 9001023,
    },
    {
      lines: ['7.5/2'],
      says: 'gives no refresh token and says the life in seconds',
      ask: appToken(portal),
      values: { expires_in: 3599 },
      absent: ['refresh_token', 'id_token'],
    },
    {
      lines: ['7.5/2'],
      says: 'lets Graph refuse the token when its life is over',
      ask: async (world) => {
        const { body } = await appToken(portal)(world);
        world.advance(3_600_000);
        return world.call('GET', '/users', { token: String(at(body, 'access_token')) });
      },
      status: 401,
      code: 'InvalidAuthenticationToken',
    },
    {
      lines: ['7.5/2'],
      says: 'lets Graph refuse tokens that were told to expire',
      ask: async (world) => {
        const { body } = await appToken(portal)(world);
        world.emulator.entra.expireTokens();
        return world.call('GET', '/users', { token: String(at(body, 'access_token')) });
      },
      status: 401,
      code: 'InvalidAuthenticationToken',
    },
    {
      lines: ['7.5/3'],
      says: 'gives a token without roles when nothing is granted',
      ask: appToken(withoutRoles),
      status: 200,
      absent: ['access.roles'],
    },
    {
      lines: ['7.5/3'],
      says: 'lets Graph refuse such a token by 403',
      ask: async (world) => {
        const { body } = await appToken(withoutRoles)(world);
        return world.call('GET', '/users', { token: String(at(body, 'access_token')) });
      },
      status: 403,
      code: 'Authorization_RequestDenied',
    },
    {
      lines: ['7.5/4'],
      says: 'takes an assertion by PS256 that names its certificate by x5t#S256',
      ask: byAssertion(),
      status: 200,
      values: { 'access.appidacr': '2', 'access.appid': withCertificate.appId },
    },
    {
      lines: ['7.5/4'],
      says: 'takes one by RS256 that names it by x5t',
      ask: byAssertion({ old: true }),
      status: 200,
    },
    {
      lines: ['7.5/4'],
      says: 'takes the same assertion again until it ends',
      ask: byAssertion({}, 2),
      status: 200,
    },
    {
      lines: ['7.5/4'],
      says: 'refuses an assertion for another audience',
      ask: byAssertion({ claims: { aud: 'https://login.example/token' } }),
      status: 401,
      code: 700023,
    },
    {
      lines: ['7.5/4'],
      says: 'refuses an assertion that has ended',
      ask: byAssertion({ claims: { nbf: 0, iat: 0, exp: 600 } }),
      status: 401,
      code: 700024,
    },
    {
      lines: ['7.5/4'],
      says: 'refuses an assertion of another subject',
      ask: byAssertion({ claims: { sub: portal.appId } }),
      status: 401,
      code: 700027,
    },
    {
      lines: ['7.5/4'],
      says: 'refuses an assertion without an id',
      ask: byAssertion({ claims: { jti: undefined } }),
      status: 401,
      code: 700027,
    },
    {
      lines: ['7.5/5'],
      says: 'refuses in a body with the AADSTS number as a text and as a number',
      ask: appToken(portal, { scope: 'https://example.contoso.com/activity.read' }, CONTOSO, {
        'client-request-id': '12345678-1234-4234-8234-123456789abc',
      }),
      status: 400,
      code: 70011,
      values: {
        error: 'invalid_scope',
        error_description:
          /^AADSTS70011: .*\r\nTrace ID: [0-9a-f-]{36}\r\nCorrelation ID: [0-9a-f-]{36}\r\nTimestamp: /,
        error_codes: [70011],
        timestamp: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
        correlation_id: '12345678-1234-4234-8234-123456789abc',
        error_uri: 'https://login.microsoftonline.com/error?code=70011',
      },
      types: { trace_id: 'string' },
    },
    {
      lines: ['7.5/2'],
      says: 'gives a person a refresh token only for offline_access',
      ask: signingIn({ as: adele.userPrincipalName, authorize: { scope: 'openid offline_access' } }),
      status: 200,
      keys: ['refresh_token'],
    },
  ],
};
