import { adele, applications, CALLBACK, CONTOSO, FABRIKAM, pat, patAsGuest } from './entra-directories.ts';
import { appToken, arrive, arriving, authorizeUrl, document, openEntraWorld, signingIn } from './entra-requests.ts';
import { aVisitor } from './visitor.ts';
import { at } from '../../check-fact.ts';
import type { Fact, FactGroup } from '../../fact.ts';

const CONFIGURATION = '/v2.0/.well-known/openid-configuration';
const KEYS = '/discovery/v2.0/keys';
const { portal, implicit, forAnyTenant } = applications;
const name = adele.userPrincipalName;

/** Every issuer of a set of keys, once. */
function issuers(body: unknown): string[] {
  const keys = at(body, 'keys') as { issuer?: string }[];
  return [...new Set(keys.map(({ issuer = 'none' }) => issuer))];
}

function issuersAre(...patterns: readonly RegExp[]): NonNullable<Fact['check']> {
  return ({ body }) => {
    const found = issuers(body);
    const fits =
      found.length === patterns.length && patterns.every((pattern, index) => pattern.test(found[index] ?? ''));
    return fits ? undefined : `the issuers are ${found.join(', ')}`;
  };
}

/** Documents and keys by which clients find Entra and check its tokens. */
export const discoveryFacts: FactGroup = {
  title: 'discovery',
  world: openEntraWorld,
  facts: [
    {
      lines: ['7.1/1', '7.1/2'],
      says: 'describes a tenant by its id, with the issuer of that id',
      ask: document(CONFIGURATION),
      status: 200,
      values: {
        issuer: new RegExp(`/${CONTOSO}/v2\\.0$`),
        jwks_uri: new RegExp(`/${CONTOSO}${KEYS}$`),
        authorization_endpoint: new RegExp(`/${CONTOSO}/oauth2/v2\\.0/authorize$`),
        token_endpoint: new RegExp(`/${CONTOSO}/oauth2/v2\\.0/token$`),
        end_session_endpoint: new RegExp(`/${CONTOSO}/oauth2/v2\\.0/logout$`),
        device_authorization_endpoint: new RegExp(`/${CONTOSO}/oauth2/v2\\.0/devicecode$`),
        userinfo_endpoint: /\/oidc\/userinfo$/,
        subject_types_supported: ['pairwise'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
        frontchannel_logout_supported: true,
        http_logout_supported: true,
      },
    },
    {
      lines: ['7.1/1', '7.1/2'],
      says: 'names the tenant by its id when asked by a verified domain, in any case',
      ask: document(CONFIGURATION, 'Contoso.Example'),
      status: 200,
      values: { issuer: new RegExp(`/${CONTOSO}/v2\\.0$`) },
    },
    {
      lines: ['7.1/1'],
      says: 'answers 501 for personal accounts',
      ask: document(CONFIGURATION, 'consumers'),
      status: 501,
    },
    ...['common', 'organizations'].map((tenant) => ({
      lines: ['7.1/1', '7.1/3'],
      says: `has a template for an issuer at ${tenant}`,
      ask: document(CONFIGURATION, tenant),
      status: 200,
      values: {
        issuer: /\/\{tenantid\}\/v2\.0$/,
        token_endpoint: new RegExp(`/${tenant}/oauth2/v2\\.0/token$`),
      },
    })),
    {
      lines: ['7.1/3'],
      says: 'signs in at common with the issuer of the tenant, whose id is the tid',
      ask: signingIn({ to: forAnyTenant, as: name, tenant: 'common' }),
      status: 200,
      values: { 'id.iss': new RegExp(`/${CONTOSO}/v2\\.0$`), 'id.tid': CONTOSO },
    },
    {
      lines: ['7.1/4'],
      says: 'lets the keys of a tenant sign for that tenant alone',
      ask: document(KEYS),
      status: 200,
      check: issuersAre(new RegExp(`/${CONTOSO}/v2\\.0$`)),
    },
    {
      lines: ['7.1/4'],
      says: 'lets keys of common sign for any tenant, and one for personal accounts alone',
      ask: document(KEYS, 'common'),
      status: 200,
      check: issuersAre(/\/\{tenantid\}\/v2\.0$/, /\/9188040d-6c67-4c5b-b112-36a304b66dad\/v2\.0$/),
    },
    {
      lines: ['7.1/5'],
      says: 'describes v1 tokens in a document of their own',
      ask: document('/.well-known/openid-configuration'),
      status: 200,
      values: {
        issuer: `https://sts.windows.net/${CONTOSO}/`,
        jwks_uri: /\/common\/discovery\/keys$/,
      },
    },
    {
      lines: ['7.1/5'],
      says: 'publishes the keys of v1 tokens without an issuer',
      ask: document('/discovery/keys', 'common'),
      status: 200,
      check: issuersAre(/^none$/),
    },
    {
      lines: ['7.1/5'],
      says: 'gives v1 tokens for Graph, by the issuer of the v1 document',
      ask: appToken(portal),
      status: 200,
      values: { 'access.ver': '1.0', 'access.iss': `https://sts.windows.net/${CONTOSO}/` },
    },
    {
      lines: ['7.1/6'],
      says: 'signs a guest in to the tenant that is named',
      ask: signingIn({ as: patAsGuest.mail as string }),
      status: 200,
      values: { 'id.tid': CONTOSO, 'id.oid': patAsGuest.id },
    },
    {
      lines: ['7.1/6'],
      says: 'takes a guest at common to the home tenant, where the application is another matter',
      ask: arriving({ to: forAnyTenant, as: pat.userPrincipalName, tenant: 'common' }),
      status: 200,
      values: { page: /Permissions requested by For any tenant Pat Partner, Fabrikam/ },
    },
    {
      lines: ['7.1/7'],
      says: 'refuses an id_token from the authorization endpoint while the switch is off',
      ask: arriving({ authorize: { response_type: 'id_token' } }),
      code: 700054,
      values: { error: 'unsupported_response_type', state: 'the state' },
    },
    {
      lines: ['7.1/7'],
      says: 'gives one, in the fragment, when it is on',
      ask: arriving({ to: implicit, as: name, authorize: { response_type: 'id_token' } }),
      keys: ['id_token', 'state'],
      headers: { location: new RegExp(`^${CALLBACK}#`) },
    },
    {
      lines: ['7.1/7'],
      says: 'needs no switch for the code flow',
      ask: signingIn({ as: name }),
      status: 200,
      keys: ['id_token', 'access_token'],
    },
    {
      lines: ['7.1/8'],
      says: 'refuses a redirect URI that differs by a slash',
      ask: arriving({ authorize: { redirect_uri: `${CALLBACK}/` } }),
      code: 50011,
      absent: ['at'],
    },
    {
      lines: ['7.1/8'],
      says: 'answers by a form that posts itself, when asked to',
      ask: arriving({ as: name, authorize: { response_mode: 'form_post' } }),
      status: 200,
      values: { 'forms.0.action': CALLBACK, 'forms.0.method': 'post', 'forms.0.hidden.state': 'the state' },
      keys: ['forms.0.hidden.code'],
    },
    {
      lines: ['7.1/8'],
      says: 'refuses silence while nobody is signed in',
      ask: arriving({ authorize: { prompt: 'none' } }),
      code: 50058,
      values: { error: 'login_required' },
    },
    ...['login', 'select_account'].map(
      (prompt) =>
        ({
          lines: ['7.1/8'],
          says: `asks for the account again by prompt=${prompt}`,
          ask: async (world) => {
            const visitor = aVisitor(world);
            await arrive(world, { as: name, visitor });
            return visitor.open(authorizeUrl(world, portal, { prompt }));
          },
          status: 200,
          values: { page: /Choose an account/ },
        }) satisfies Fact,
    ),
    {
      lines: ['7.1/8'],
      says: 'asks for consent again by prompt=consent',
      ask: arriving({ as: name, authorize: { prompt: 'consent' } }),
      status: 200,
      values: { page: /Permissions requested by Portal/ },
    },
    {
      lines: ['7.1/8'],
      says: 'refuses any other prompt',
      ask: arriving({ authorize: { prompt: 'maybe' } }),
      code: 90023,
      values: { error: 'invalid_request' },
    },
    {
      lines: ['7.1/1'],
      says: 'knows no tenant that is not here',
      ask: document(CONFIGURATION, 'tailspin.example'),
      status: 400,
      code: 90002,
    },
    {
      lines: ['7.1/1'],
      says: 'describes every tenant that is here',
      ask: document(CONFIGURATION, FABRIKAM),
      status: 200,
      values: { issuer: new RegExp(`/${FABRIKAM}/v2\\.0$`) },
    },
  ],
};
