import { at } from '../../check-fact.ts';
import { adele, applications, CALLBACK, CONTOSO, diego, FABRIKAM, pat } from './entra-directories.ts';
import { appToken, openEntraWorld, token, type Fields } from './entra-requests.ts';
import { aVisitor } from './visitor.ts';
import type { Fact, FactAnswer, FactGroup } from '../../fact.ts';
import type { FactWorld } from '../../fact-world.ts';

const { waiting, portal, forAnyTenant, asksForNothing } = applications;
const GRAPH = 'https://graph.microsoft.com/.default';

interface Consent {
  readonly to?: typeof waiting;
  readonly form?: 'v2.0/adminconsent' | 'adminconsent';
  readonly tenant?: string;
  readonly changes?: Fields;
  /** Who is typed in; nobody when the page itself is wanted. */
  readonly as?: string;
  readonly decision?: 'accept' | 'cancel';
}

/** Goes as far through an administrator's consent as is said. */
async function consent(world: FactWorld, asked: Consent): Promise<FactAnswer> {
  const { to = waiting, form = 'v2.0/adminconsent', tenant = CONTOSO, changes = {}, as, decision } = asked;
  const scope = form === 'adminconsent' ? {} : { scope: GRAPH };
  const fields = { client_id: to.appId, redirect_uri: CALLBACK, state: 'the state', ...scope, ...changes };
  const given = Object.entries<string | undefined>(fields).filter(([, value]) => value !== undefined);
  const visitor = aVisitor(world);
  const query = new URLSearchParams(given as [string, string][]).toString();
  const page = await visitor.open(`${world.emulator.httpUrl}/${tenant}/${form}?${query}`);
  if (as === undefined) return page;
  const signedIn = await visitor.submit({ account: as });
  return decision === undefined ? signedIn : visitor.submit({ decision });
}

const consenting =
  (asked: Consent): Fact['ask'] =>
  (world) =>
    consent(world, asked);

const names = (...expected: readonly string[]): NonNullable<Fact['check']> => {
  return ({ headers }) => {
    const found = [...new URL(headers['location'] ?? '').searchParams.keys()];
    return found.join() === expected.join() ? undefined : `the parameters are ${found.join()}`;
  };
};

const accept = { as: adele.userPrincipalName, decision: 'accept' } as const;
const cancel = { as: adele.userPrincipalName, decision: 'cancel' } as const;

/** How an administrator lets an application in. */
export const consentFacts: FactGroup = {
  title: 'consent',
  world: openEntraWorld,
  facts: [
    {
      lines: ['7.4/5'],
      says: 'leaves an application without roles, and Graph refuses it, until there is consent',
      ask: async (world) => {
        const { body } = await appToken(waiting)(world);
        return world.call('GET', '/users', { token: String(at(body, 'access_token')) });
      },
      status: 403,
      code: 'Authorization_RequestDenied',
    },
    {
      lines: ['7.4/1'],
      says: 'needs a scope in the v2 form',
      ask: consenting({ changes: { scope: undefined } }),
      code: 900144,
      values: { admin_consent: 'True' },
    },
    {
      lines: ['7.4/1'],
      says: 'asks by .default for application permissions as well',
      ask: consenting({ as: adele.userPrincipalName }),
      status: 200,
      values: { page: /would like to use openid User\.Read User\.Read\.All Accept/ },
    },
    {
      lines: ['7.4/1'],
      says: 'asks by single scopes for delegated permissions alone',
      ask: consenting({ as: adele.userPrincipalName, changes: { scope: 'https://graph.microsoft.com/Mail.Read' } }),
      status: 200,
      values: { page: /would like to use Mail\.Read Accept/ },
    },
    {
      lines: ['7.4/1'],
      says: 'does not take common for a tenant in the v2 form',
      ask: consenting({ tenant: 'common' }),
      status: 400,
      code: 50059,
    },
    {
      lines: ['7.4/1'],
      says: 'takes organizations, and the tenant of whoever signs in',
      ask: consenting({ ...accept, to: portal, tenant: 'organizations' }),
      values: { tenant: CONTOSO, admin_consent: 'True' },
    },
    {
      lines: ['7.4/2'],
      says: 'tells of a refusal by error, with admin_consent=True beside it',
      ask: consenting(cancel),
      code: 65004,
      values: { error: 'consent_required', admin_consent: 'True', state: 'the state' },
      check: names('admin_consent', 'error', 'error_description', 'state'),
    },
    {
      lines: ['7.4/2'],
      says: 'tells of success by four parameters',
      ask: consenting(accept),
      values: { admin_consent: 'True', tenant: CONTOSO, scope: GRAPH, state: 'the state' },
      check: names('admin_consent', 'tenant', 'scope', 'state'),
    },
    {
      lines: ['7.4/5'],
      says: 'gives roles to the tokens that follow, and Graph answers',
      ask: async (world) => {
        const { body } = await appToken(waiting)(world);
        const answer = await world.call('GET', '/users', { token: String(at(body, 'access_token')) });
        return { ...answer, body: { roles: at(body, 'access.roles'), users: at(answer.body, 'value.0.id') } };
      },
      status: 200,
      values: { roles: ['User.Read.All'] },
      types: { users: 'string' },
    },
    {
      lines: ['7.4/3'],
      says: 'needs no scope in the old form, takes common, and answers in its own order',
      ask: consenting({ ...accept, form: 'adminconsent', tenant: 'common', to: forAnyTenant }),
      values: { tenant: CONTOSO, admin_consent: 'True', state: 'the state' },
      check: names('tenant', 'state', 'admin_consent'),
    },
    {
      lines: ['7.4/3'],
      says: 'tells of a refusal in the old form by permission_denied',
      ask: consenting({ ...cancel, form: 'adminconsent' }),
      values: { error: 'permission_denied', state: 'the state' },
      absent: ['admin_consent', 'tenant'],
    },
    {
      lines: ['7.4/4'],
      says: 'proves nothing by the tenant parameter: the callback is signed by nobody',
      ask: consenting({ ...accept, to: portal, changes: { state: undefined } }),
      values: { tenant: CONTOSO },
      check: names('admin_consent', 'tenant', 'scope'),
    },
    {
      lines: ['7.4/1'],
      says: 'lets nobody consent who is no administrator',
      ask: consenting({ as: diego.userPrincipalName }),
      status: 403,
      code: 90094,
    },
    {
      lines: ['7.4/1', '7.6/3'],
      says: 'installs an application of another tenant',
      ask: async (world) => {
        const answer = await consent(world, {
          ...accept,
          as: pat.userPrincipalName,
          to: forAnyTenant,
          tenant: FABRIKAM,
        });
        const fields = { grant_type: 'client_credentials', scope: GRAPH };
        const { status, body } = await token(world, fields, forAnyTenant, FABRIKAM);
        return { ...answer, status, body: { ...(answer.body as object), roles: at(body, 'access.roles') } };
      },
      status: 200,
      values: { tenant: FABRIKAM, roles: ['User.Read.All'] },
    },
    {
      lines: ['7.4/1'],
      says: 'refuses .default to an application that asks for nothing',
      ask: consenting({ to: asksForNothing }),
      code: 650056,
    },
    {
      lines: ['7.4/5'],
      says: 'takes the roles from tokens once consent is revoked',
      ask: (world) => {
        world.emulator.entra.revokeConsent(CONTOSO, waiting.appId);
        return appToken(waiting)(world);
      },
      status: 200,
      absent: ['access.roles'],
    },
  ],
};
