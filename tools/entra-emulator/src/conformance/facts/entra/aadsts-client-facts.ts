import { at } from '../../check-fact.ts';
import { adele, applications, CALLBACK, CONTOSO, EXPIRED_SECRET, FABRIKAM } from './entra-directories.ts';
import { appToken, arrive, arriving, document, openEntraWorld, signingIn, token } from './entra-requests.ts';
import type { Fact, FactGroup } from '../../fact.ts';

const { portal, forAnyTenant, withOldSecret, publicClient, switchedOff, asksForNothing } = applications;
const as = adele.userPrincipalName;
const CONFIGURATION = '/v2.0/.well-known/openid-configuration';

/** Redeems the code of a sign-in, by whatever of the request is changed. */
function redeeming(tenant: string, times = 1, waitMs = 0): Fact['ask'] {
  return async (world) => {
    const { body } = await arrive(world, { as, to: forAnyTenant });
    const fields = { grant_type: 'authorization_code', code: String(at(body, 'code')) };
    world.advance(waitMs);
    for (let before = 1; before < times; before += 1) await token(world, fields, forAnyTenant, tenant);
    return token(world, fields, forAnyTenant, tenant);
  };
}

/** A number that no request of ours leads to: the endpoint is told to answer with it. */
function onDemand(number: number, says: string, more: Partial<Fact> = {}): Fact {
  return {
    lines: ['7.6/1'],
    says: `${says} by ${number} when told to`,
    ask: (world) => {
      world.emulator.entra.failNext(number, { endpoint: 'authorize' });
      return arrive(world, {});
    },
    code: number,
    ...more,
  };
}

/** Refusals of applications and of their requests. */
export const aadstsClientFacts: FactGroup = {
  title: 'refusals of applications',
  world: openEntraWorld,
  facts: [
    {
      lines: ['7.6/1'],
      says: 'shows by 50011 a reply URL that is not registered, and redirects nowhere',
      ask: arriving({ authorize: { redirect_uri: 'https://elsewhere.example/callback' } }),
      status: 400,
      code: 50011,
      absent: ['at'],
    },
    {
      lines: ['7.6/1'],
      says: 'refuses by 50059 a token request that names no tenant',
      ask: appToken(portal, {}, 'organizations'),
      status: 400,
      code: 50059,
    },
    {
      lines: ['7.6/1'],
      says: 'refuses by 50194 an application of one tenant at common',
      ask: arriving({ tenant: 'common' }),
      status: 400,
      code: 50194,
    },
    {
      lines: ['7.6/1'],
      says: 'lets an application for any tenant sign people in at common',
      ask: signingIn({ as, to: forAnyTenant, tenant: 'common' }),
      status: 200,
      values: { 'id.tid': CONTOSO },
    },
    {
      lines: ['7.6/1'],
      says: 'refuses by 500011 a resource that is not in the tenant',
      ask: appToken(portal, { scope: 'https://vault.example/.default' }),
      status: 400,
      code: 500011,
      values: { error: 'invalid_resource' },
    },
    {
      lines: ['7.6/2'],
      says: 'redeems a code once: 54005 the second time',
      ask: redeeming(CONTOSO, 2),
      status: 400,
      code: 54005,
      values: { error: 'invalid_grant' },
    },
    {
      lines: ['7.6/2'],
      says: 'refuses a code of more than ten minutes',
      ask: redeeming(CONTOSO, 1, 601_000),
      status: 400,
      code: 70008,
    },
    {
      lines: ['7.6/2'],
      says: 'refuses by 650056 an application that is registered to need nothing',
      ask: arriving({ to: asksForNothing, authorize: { scope: 'https://graph.microsoft.com/.default' } }),
      code: 650056,
    },
    {
      lines: ['7.6/3'],
      says: 'refuses by 700016 an application that nobody knows',
      ask: appToken({ ...portal, appId: '40000000-0000-4000-8000-00000000dead' }),
      status: 400,
      code: 700016,
      values: { error: 'unauthorized_client' },
    },
    {
      lines: ['7.6/3'],
      says: 'refuses by 700016 an application that is not installed in the tenant',
      ask: appToken(forAnyTenant, {}, FABRIKAM),
      status: 400,
      code: 700016,
    },
    {
      lines: ['7.6/3'],
      says: 'refuses by 700016 an application that its administrator has deleted',
      ask: (world) => {
        world.emulator.entra.removeServicePrincipal(CONTOSO, asksForNothing.appId);
        return appToken(asksForNothing)(world);
      },
      status: 400,
      code: 700016,
    },
    {
      lines: ['7.6/3'],
      says: 'refuses by 700027 an assertion by a certificate that is not registered',
      ask: appToken(portal, {
        client_secret: undefined,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: `${Buffer.from('{"alg":"PS256","x5t#S256":"another"}').toString('base64url')}.e30.c2ln`,
      }),
      status: 401,
      code: 700027,
      values: { error: 'invalid_client' },
    },
    {
      lines: ['7.6/3'],
      says: 'refuses by 700025 a public client that sends a secret',
      ask: appToken(publicClient),
      status: 401,
      code: 700025,
    },
    {
      lines: ['7.6/3'],
      says: 'takes a public client that sends none',
      ask: signingIn({ as, to: publicClient, token: { client_secret: undefined } }),
      status: 200,
      values: { 'access.appidacr': '0' },
    },
    {
      lines: ['7.6/3'],
      says: 'refuses by 7000112 an application that is switched off',
      ask: appToken(switchedOff),
      status: 400,
      code: 7000112,
      values: { error: 'unauthorized_client' },
    },
    {
      lines: ['7.6/3'],
      says: 'shows by 7000112 that it is off to people, too',
      ask: arriving({ as, to: switchedOff }),
      code: 7000112,
      absent: ['at'],
    },
    {
      lines: ['7.6/3'],
      says: 'refuses a wrong secret by 7000215',
      ask: appToken(portal, { client_secret: 'wrong' }),
      status: 401,
      code: 7000215,
    },
    {
      lines: ['7.6/3'],
      says: 'refuses by 7000218 a request without any',
      ask: appToken(portal, { client_secret: undefined }),
      status: 401,
      code: 7000218,
    },
    {
      lines: ['7.6/3'],
      says: 'refuses by 7000222 a secret that has expired',
      ask: appToken(withOldSecret, { client_secret: EXPIRED_SECRET }),
      status: 401,
      code: 7000222,
    },
    {
      lines: ['7.6/3'],
      says: 'takes the secret beside it that has not',
      ask: appToken(withOldSecret),
      status: 200,
    },
    {
      lines: ['7.6/3'],
      says: 'refuses a single permission as scope by 70011',
      ask: appToken(portal, { scope: 'https://graph.microsoft.com/User.Read.All' }),
      status: 400,
      code: 70011,
    },
    {
      lines: ['7.6/3'],
      says: 'refuses by 700005 a code that was asked for at another tenant',
      ask: redeeming(FABRIKAM),
      status: 400,
      code: 700005,
    },
    {
      lines: ['7.6/3'],
      says: 'sends 700054 to the application when id_tokens are not enabled',
      ask: arriving({ authorize: { response_type: 'code id_token' } }),
      code: 700054,
      values: { at: CALLBACK, error: 'unsupported_response_type' },
    },
    {
      lines: ['7.6/4'],
      says: 'refuses an unknown tenant by 90002, in discovery',
      ask: document(CONFIGURATION, '99999999-2222-4333-8444-555555555555'),
      status: 400,
      code: 90002,
      values: { error: 'invalid_tenant' },
    },
    {
      lines: ['7.6/4'],
      says: 'refuses an unknown tenant by 90002, for a token',
      ask: appToken(portal, {}, 'tailspin.example'),
      status: 400,
      code: 90002,
    },
    {
      lines: ['7.6/4'],
      says: 'refuses client credentials at common by 9001023',
      ask: appToken(portal, {}, 'common'),
      status: 400,
      code: 9001023,
    },
    onDemand(50126, 'refuses a password'),
    onDemand(65005, 'refuses a list of resources', { lines: ['7.6/2'], values: { at: CALLBACK } }),
    onDemand(90038, 'refuses a tenant of another cloud', { lines: ['7.6/4'], absent: ['at'] }),
    onDemand(90099, 'refuses an application that a partner may not use', { lines: ['7.6/4'], absent: ['at'] }),
    onDemand(500208, 'refuses an account of another type', { lines: ['7.6/4'] }),
    {
      lines: ['7.6/4'],
      says: 'refuses a tenant of another cloud by 90038 in discovery, too, and only as often as told',
      ask: async (world) => {
        world.emulator.entra.failNext(90038, { endpoint: 'discovery' });
        const refused = await document(CONFIGURATION)(world);
        const { status } = await document(CONFIGURATION)(world);
        return { ...refused, body: { ...(refused.body as object), afterwards: status } };
      },
      status: 400,
      code: 90038,
      values: { afterwards: 200 },
    },
  ],
};
