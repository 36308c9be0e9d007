import { at } from '../../check-fact.ts';
import { adele, applications, CONTOSO, diego, FABRIKAM, gus, many, pat, patAsGuest } from './entra-directories.ts';
import { arrive, openEntraWorld, signIn, signingIn } from './entra-requests.ts';
import { aVisitor } from './visitor.ts';
import type { Fact, FactGroup } from '../../fact.ts';

const { portal, careless, forAnyTenant, withUpn, withGroups, implicit } = applications;
const as = adele.userPrincipalName;

/** Signs the same person in twice; the answer is of the second time, with the claims of the first beside it. */
function twice(first: Parameters<typeof signIn>[1], second: Parameters<typeof signIn>[1]): Fact['ask'] {
  return async (world) => {
    const before = await signIn(world, first);
    const answer = await signIn(world, second);
    return { ...answer, body: { ...(answer.body as object), before: at(before.body, 'id') } };
  };
}

const same = (name: string, isSame: boolean): NonNullable<Fact['check']> => {
  return ({ body }) => {
    const equal = at(body, `id.${name}`) === at(body, `before.${name}`);
    return equal === isSame ? undefined : `${name} is ${equal ? 'the same' : 'another'}`;
  };
};

/** What an id_token says, and of whom. */
export const idTokenFacts: FactGroup = {
  title: 'id_tokens',
  world: openEntraWorld,
  facts: [
    {
      lines: ['7.2/1'],
      says: 'is for the application, by the tenant’s v2 issuer, with the nonce of the request',
      ask: signingIn({ as }),
      status: 200,
      values: {
        'id.aud': portal.appId,
        'id.iss': new RegExp(`/${CONTOSO}/v2\\.0$`),
        'id.ver': '2.0',
        'id.nonce': 'the nonce',
        'idHeader.alg': 'RS256',
        'idHeader.typ': 'JWT',
      },
      types: { 'id.exp': 'number', 'id.nbf': 'number', 'id.iat': 'number', 'idHeader.kid': 'string' },
      check: ({ body }, world) => {
        const now = world.now().getTime() / 1000;
        const [nbf, exp] = [Number(at(body, 'id.nbf')), Number(at(body, 'id.exp'))];
        return nbf <= now && now < exp ? undefined : `it is good from ${nbf} to ${exp}`;
      },
    },
    {
      lines: ['7.2/2', '7.2/8'],
      says: 'has as oid the id by which Graph knows the person, in the tenant of tid',
      ask: async (world) => {
        const { body } = await signIn(world, { as });
        return world.call('GET', `/users/${String(at(body, 'id.oid'))}?$select=id,displayName`);
      },
      status: 200,
      values: { id: adele.id, displayName: 'Adele Vance' },
    },
    {
      lines: ['7.2/2'],
      says: 'has the same oid for every application',
      ask: twice({ as }, { as, to: withUpn }),
      check: same('oid', true),
    },
    {
      lines: ['7.2/2'],
      says: 'keeps oid back without the scope profile',
      ask: signingIn({ as, authorize: { scope: 'openid' } }),
      status: 200,
      keys: ['id.sub', 'id.tid'],
      absent: ['id.oid', 'id.name', 'id.preferred_username'],
    },
    {
      lines: ['7.2/2', '7.2/7'],
      says: 'has another oid, and another tid, for the same person in another tenant',
      ask: async (world) => {
        const who = { to: forAnyTenant, as: pat.userPrincipalName };
        const visitor = aVisitor(world);
        await arrive(world, { ...who, tenant: FABRIKAM, visitor });
        await visitor.submit({ decision: 'accept' });
        return twice(who, { ...who, tenant: FABRIKAM })(world);
      },
      status: 200,
      values: { 'before.oid': patAsGuest.id, 'before.tid': CONTOSO, 'id.oid': pat.id, 'id.tid': FABRIKAM },
      check: same('sub', false),
    },
    {
      lines: ['7.2/3'],
      says: 'has a sub of its own for each application',
      ask: twice({ as }, { as, to: withUpn }),
      check: same('sub', false),
    },
    {
      lines: ['7.2/3'],
      says: 'has the same sub at every sign-in to an application, which is not the id in Graph',
      ask: twice({ as }, { as }),
      check: (answer, world) =>
        at(answer.body, 'id.sub') === adele.id ? 'sub is the id in Graph' : same('sub', true)(answer, world),
    },
    {
      lines: ['7.2/4'],
      says: 'names the tenant that was signed in to, and no identity provider of its members',
      ask: signingIn({ as }),
      values: { 'id.tid': CONTOSO },
      absent: ['id.idp'],
    },
    {
      lines: ['7.2/4', '7.2/5', '7.2/10'],
      says: 'names the identity provider of a guest, and the address at home, unasked',
      ask: signingIn({ as: pat.userPrincipalName, authorize: { scope: 'openid profile' } }),
      values: {
        'id.tid': CONTOSO,
        'id.idp': `https://sts.windows.net/${FABRIKAM}/`,
        'id.email': patAsGuest.mail,
        'id.preferred_username': patAsGuest.mail,
        'id.acct': 1,
      },
    },
    {
      lines: ['7.2/5'],
      says: 'has the user principal name as preferred_username, and no upn unless asked',
      ask: signingIn({ as }),
      values: { 'id.preferred_username': as },
      absent: ['id.upn'],
    },
    {
      lines: ['7.2/5'],
      says: 'has upn as an optional claim',
      ask: signingIn({ as, to: withUpn }),
      values: { 'id.upn': as },
    },
    {
      lines: ['7.2/5'],
      says: 'has the upn of a guest as this tenant spells it, by an additional property',
      ask: signingIn({ as: gus.mail as string, to: withUpn }),
      values: { 'id.upn': 'gus_partner.example#EXT#@contoso.example' },
    },
    {
      lines: ['7.2/5'],
      says: 'has no upn without the scope profile',
      ask: signingIn({ as, to: withUpn, authorize: { scope: 'openid' } }),
      absent: ['id.upn'],
    },
    {
      lines: ['7.2/5'],
      says: 'has no email of a member without its scope',
      ask: signingIn({ as, authorize: { scope: 'openid profile' } }),
      absent: ['id.email'],
    },
    {
      lines: ['7.2/5', '7.2/7'],
      says: 'has by the scope email an address that nobody verified',
      ask: signingIn({ as, authorize: { scope: 'openid email' } }),
      values: { 'id.email': adele.mail },
    },
    {
      lines: ['7.2/5'],
      says: 'has email as an optional claim',
      ask: signingIn({ as, to: withUpn, authorize: { scope: 'openid profile' } }),
      values: { 'id.email': adele.mail },
    },
    {
      lines: ['7.2/6'],
      says: 'says by xms_edov that the tenant does not own the domain',
      ask: signingIn({ as }),
      values: { 'id.email': adele.mail, 'id.xms_edov': false },
    },
    {
      lines: ['7.2/6'],
      says: 'says by xms_edov that it does',
      ask: signingIn({ as: diego.userPrincipalName }),
      values: { 'id.email': diego.mail, 'id.xms_edov': true },
    },
    {
      lines: ['7.2/6'],
      says: 'has no xms_edov without email',
      ask: signingIn({ as, authorize: { scope: 'openid profile' } }),
      absent: ['id.email', 'id.xms_edov'],
    },
    {
      lines: ['7.2/6'],
      says: 'keeps an unverified address from an application for any tenant',
      ask: signingIn({ as, to: forAnyTenant }),
      status: 200,
      absent: ['id.email'],
    },
    {
      lines: ['7.2/6'],
      says: 'gives it a verified one',
      ask: signingIn({ as: diego.userPrincipalName, to: forAnyTenant }),
      values: { 'id.email': diego.mail },
    },
    {
      lines: ['7.2/6', '7.2/7'],
      says: 'gives an unverified one to an application that says it wants it',
      ask: signingIn({ as, to: careless }),
      values: { 'id.email': adele.mail },
    },
    {
      lines: ['7.2/9'],
      says: 'lists the groups of a person, nested ones too',
      ask: signingIn({ as, to: withGroups }),
      values: {
        'id.groups': ['20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000002'],
      },
    },
    {
      lines: ['7.2/9'],
      says: 'says where to ask instead when there are more than 200',
      ask: signingIn({ as: many.userPrincipalName, to: withGroups }),
      absent: ['id.groups'],
      values: {
        'id._claim_names.groups': 'src1',
        'id._claim_sources.src1.endpoint': new RegExp(`/users/${many.id}/getMemberObjects$`),
      },
    },
    {
      lines: ['7.2/9'],
      says: 'lists no groups unless the registration asks for them',
      ask: signingIn({ as }),
      absent: ['id.groups', 'id._claim_names', 'id.hasgroups'],
    },
    {
      lines: ['7.2/10'],
      says: 'says of a member that the account is the tenant’s own',
      ask: signingIn({ as }),
      values: { 'id.acct': 0 },
    },
    {
      lines: ['7.2/10'],
      says: 'has sid and login_hint only for an application that asks for them',
      ask: signingIn({ as, to: implicit }),
      status: 200,
      absent: ['id.sid', 'id.login_hint', 'id.acct'],
    },
    {
      lines: ['7.2/10'],
      says: 'has a login_hint by which the person is signed in again in silence',
      ask: async (world) => {
        const visitor = aVisitor(world);
        const { body } = await signIn(world, { as, visitor });
        const login_hint = String(at(body, 'id.login_hint'));
        return arrive(world, { visitor, authorize: { prompt: 'none', login_hint } });
      },
      keys: ['code'],
    },
  ],
};
