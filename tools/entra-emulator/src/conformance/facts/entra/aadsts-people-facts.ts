import type { DirectoryFile } from '../../../directory/directory-file.ts';
import { at } from '../../check-fact.ts';
import {
  adele,
  applications,
  CONTOSO,
  contosoFile,
  dana,
  diego,
  FABRIKAM,
  fabrikamFile,
  leaver,
  lee,
  nia,
  pat,
  quin,
} from './entra-directories.ts';
import { arrive, arriving, openEntraWorld, signIn, token, type SignIn } from './entra-requests.ts';
import { aVisitor } from './visitor.ts';
import type { SignInPolicies } from '../../../entra/sign-in-policies.ts';
import type { Fact, FactGroup } from '../../fact.ts';

const { administration, forSome, blocked, careful, forAnyTenant } = applications;
const as = adele.userPrincipalName;
const offline = { scope: 'openid offline_access' };

/** Refreshes after something happened to the person since the sign-in. */
function refreshing(who: SignIn, happen: (world: Parameters<Fact['ask']>[0]) => unknown): Fact['ask'] {
  return async (world) => {
    const { body } = await signIn(world, { ...who, authorize: offline });
    await happen(world);
    return token(world, { grant_type: 'refresh_token', refresh_token: String(at(body, 'refresh_token')) }, who.to);
  };
}

/** Something that happens while a tenant has further policies. */
function under({ tenant, signInPolicies = {} }: DirectoryFile, more: SignInPolicies, ask: Fact['ask']): Fact['ask'] {
  return async (world) => {
    const { entra } = world.emulator;
    entra.setSignInPolicies(tenant.id, { ...signInPolicies, ...more });
    try {
      return await ask(world);
    } finally {
      entra.setSignInPolicies(tenant.id, signInPolicies);
    }
  };
}

/** Refusals of a person, as an application or the person meets them. */
export const aadstsPeopleFacts: FactGroup = {
  title: 'refusals of people',
  world: openEntraWorld,
  facts: [
    {
      lines: ['7.6/1'],
      says: 'refuses by 50020 somebody of another tenant who is no guest',
      ask: arriving({ as: quin.userPrincipalName }),
      code: 50020,
      values: { page: /'quin@fabrikam\.example' from identity provider .* does not exist in tenant 'Contoso'/ },
    },
    {
      lines: ['7.6/1'],
      says: 'refuses by 50034 an account that is nowhere',
      ask: arriving({ as: 'nobody@tailspin.example' }),
      code: 50034,
    },
    {
      lines: ['7.6/1'],
      says: 'refuses by 50053 an account that is locked',
      ask: arriving({ as: lee.userPrincipalName }),
      code: 50053,
    },
    {
      lines: ['7.6/1'],
      says: 'refuses by 50057 an account that is disabled',
      ask: arriving({ as: dana.userPrincipalName }),
      code: 50057,
    },
    {
      lines: ['7.6/1'],
      says: 'refuses to refresh by 50057 once the account is disabled',
      ask: refreshing({ as: leaver.userPrincipalName }, async (world) => {
        const token = await world.token(administration.appId);
        await world.call('PATCH', `/users/${leaver.id}`, { body: { accountEnabled: false }, token });
      }),
      status: 400,
      code: 50057,
      values: { error: 'invalid_grant' },
    },
    {
      lines: ['7.6/1'],
      says: 'tells the application by 50058 that nobody is signed in',
      ask: arriving({ authorize: { prompt: 'none' } }),
      code: 50058,
      values: { error: 'login_required', state: 'the state' },
    },
    {
      lines: ['7.6/1'],
      says: 'asks for a second factor, and goes on once it was shown',
      ask: async (world) => {
        const visitor = aVisitor(world);
        const asked = await arrive(world, { to: careful, as, visitor });
        const answer = await visitor.submit({ decision: 'approve' });
        return { ...answer, body: { ...(answer.body as object), asked: at(asked.body, 'page') } };
      },
      keys: ['code'],
      values: { asked: /Approve sign-in request/ },
    },
    {
      lines: ['7.6/1'],
      says: 'tells the application by 50076 when that may not be asked',
      ask: async (world) => {
        const visitor = aVisitor(world);
        await arrive(world, { as, visitor });
        return arrive(world, { to: careful, visitor, authorize: { prompt: 'none' } });
      },
      code: 50076,
      values: { error: 'interaction_required' },
    },
    {
      lines: ['7.6/1'],
      says: 'refuses by 50079 somebody who has no second factor',
      ask: arriving({ to: careful, as: nia.userPrincipalName }),
      code: 50079,
    },
    {
      lines: ['7.6/1'],
      says: 'tells the application by 50105 of somebody who is not assigned, though a group within the group is',
      ask: arriving({ to: forSome, as }),
      code: 50105,
      values: { error: 'access_denied', state: 'the state' },
    },
    {
      lines: ['7.6/1'],
      says: 'lets in who is assigned',
      ask: arriving({ to: forSome, as: diego.userPrincipalName }),
      keys: ['code'],
    },
    {
      lines: ['7.6/2'],
      says: 'refuses by 53003 what Conditional Access blocks',
      ask: arriving({ to: blocked, as }),
      code: 53003,
      absent: ['at'],
    },
    {
      lines: ['7.6/2'],
      says: 'refuses to refresh by 53003 once Conditional Access blocks it',
      ask: async (world) => {
        const policy = { includeUsers: ['All'], includeApplications: ['All'], control: 'block' } as const;
        const { body } = await signIn(world, { as, authorize: offline });
        const refresh_token = String(at(body, 'refresh_token'));
        const refresh: Fact['ask'] = (at) => token(at, { grant_type: 'refresh_token', refresh_token });
        return under(contosoFile, { conditionalAccess: [policy] }, refresh)(world);
      },
      status: 400,
      code: 53003,
      values: { error: 'invalid_grant', suberror: 'message_only' },
    },
    {
      lines: ['7.6/4'],
      says: 'refuses by 90072 somebody of another tenant where a second factor is asked for',
      ask: arriving({ to: careful, as: quin.userPrincipalName }),
      code: 90072,
    },
    {
      lines: ['7.6/4'],
      says: 'refuses by 500212 a guest whose tenant lets nobody out',
      ask: under(fabrikamFile, { blockOutboundGuests: true }, arriving({ as: pat.userPrincipalName })),
      code: 500212,
    },
    {
      lines: ['7.6/4'],
      says: 'refuses by 500213 a guest where none are let in',
      ask: under(contosoFile, { blockInboundGuests: true }, arriving({ as: pat.userPrincipalName })),
      code: 500213,
    },
    {
      lines: ['7.6/2'],
      says: 'tells the application by 65001 that nobody has consented, when consent may not be asked for',
      ask: async (world) => {
        const visitor = aVisitor(world);
        await arrive(world, { as, visitor });
        return arrive(world, { visitor, authorize: { prompt: 'none', scope: 'openid Mail.Read' } });
      },
      code: 65001,
      values: { error: 'consent_required' },
    },
    {
      lines: ['7.6/2'],
      says: 'refuses to refresh by 65001 once consent is revoked',
      ask: refreshing({ as, to: forAnyTenant }, ({ emulator }) =>
        emulator.entra.revokeConsent(CONTOSO, forAnyTenant.appId),
      ),
      status: 400,
      code: 65001,
      values: { error: 'invalid_grant', suberror: 'consent_required' },
    },
    {
      lines: ['7.6/2'],
      says: 'tells the application by 65004 that the person declined',
      ask: async (world) => {
        const visitor = aVisitor(world);
        await arrive(world, { as, visitor, authorize: { scope: 'openid Mail.Read' } });
        return visitor.submit({ decision: 'cancel' });
      },
      code: 65004,
      values: { error: 'consent_required', state: 'the state' },
    },
    {
      lines: ['7.6/4'],
      says: 'asks by 90094 for an administrator where people may not grant it',
      ask: arriving({
        as: quin.userPrincipalName,
        to: forAnyTenant,
        tenant: FABRIKAM,
        authorize: { scope: 'Group.Read.All' },
      }),
      status: 403,
      code: 90094,
    },
    {
      lines: ['7.6/4'],
      says: 'asks by 90095 for approval where it can be asked for',
      ask: under(
        fabrikamFile,
        { userConsent: false, adminConsentRequests: true },
        arriving({ as: quin.userPrincipalName, to: forAnyTenant, tenant: FABRIKAM }),
      ),
      status: 403,
      code: 90095,
    },
  ],
};
