import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aBrowser } from './a-browser.ts';
import {
  ada,
  aDirectory,
  anApplication,
  bo,
  fabrikam,
  GLOBAL_ADMINISTRATOR,
  gus,
  pat,
  patAtContoso,
  TENANT_ID,
} from './a-directory.ts';
import { openDoors } from './doors.ts';
import { claimsFor, tokensFor } from './sign-in.ts';
import { answerIn, signInUrl } from './sign-in-url.ts';

const doors = openDoors();
const { directory } = doors;
const application = anApplication();
const other = anApplication({ appId: 'cccccccc-0000-4000-8000-000000000002', displayName: 'Other' });
beforeEach(() => {
  Object.assign(directory, { users: aDirectory().users, registered: [application, other], groups: {} });
});

const asking = (...names: (string | { name: string; additionalProperties: string[] })[]) =>
  anApplication({ optionalClaims: { idToken: names.map((name) => (typeof name === 'string' ? { name } : name)) } });

describe('the id_token', () => {
  it('names a guest by the home address and the home tenant', async () => {
    const claims = await claimsFor(doors, { label: 'Gus Guest', authorize: { scope: 'openid profile' } });

    expect(claims).toMatchObject({ oid: gus.id, preferred_username: gus.mail, email: gus.mail });
    expect(claims['idp']).toMatch(/^https:\/\/sts\.windows\.net\/[0-9a-f-]{36}\/$/);
  });

  it('names the home tenant of a guest by its own id when it is here', async () => {
    directory.users = [ada, patAtContoso];

    const claims = await claimsFor(doors, { label: 'Pat Partner' });

    expect(claims).toMatchObject({
      tid: TENANT_ID,
      oid: patAtContoso.id,
      idp: `https://sts.windows.net/${fabrikam.id}/`,
      preferred_username: pat.userPrincipalName,
    });
  });

  it('carries idp for guests only, and email only for guests or by its scope', async () => {
    expect(await claimsFor(doors)).not.toHaveProperty('idp');
    expect(await claimsFor(doors, { authorize: { scope: 'openid profile' } })).not.toHaveProperty('email');
    expect(await claimsFor(doors, { authorize: { scope: 'openid email' } })).toHaveProperty('email', ada.mail);
  });

  it('keeps oid, name and username back without the scope profile', async () => {
    const claims = await claimsFor(doors, { authorize: { scope: 'openid' } });

    expect(Object.keys(claims)).toEqual(['aud', 'iss', 'iat', 'nbf', 'exp', 'nonce', 'rh', 'sub', 'tid', 'uti', 'ver']);
  });

  it('has a subject of its own for each application, the same at every sign-in', async () => {
    const [first, second, elsewhere] = [
      await claimsFor(doors),
      await claimsFor(doors),
      await claimsFor(doors, { authorize: { client_id: other.appId } }),
    ];

    expect(second.sub).toBe(first.sub);
    expect(elsewhere.sub).not.toBe(first.sub);
    expect(elsewhere['oid']).toBe(first['oid']);
    expect([ada.id, ada.userPrincipalName]).not.toContain(first.sub);
  });
});

describe('optional claims', () => {
  it('are left out unless the registration asks for them', async () => {
    const claims = await claimsFor(doors);

    for (const name of ['sid', 'login_hint', 'acct', 'upn', 'family_name', 'auth_time', 'groups', 'xms_edov']) {
      expect(claims).not.toHaveProperty(name);
    }
  });

  it('are in when it does, each with its value', async () => {
    directory.users = [{ ...ada, usageLocation: 'GB', preferredLanguage: 'en-GB' }];
    directory.registered = [
      asking('acct', 'auth_time', 'ctry', 'family_name', 'given_name', 'upn', 'tenant_region_scope', 'xms_pl', 'email'),
    ];

    const claims = await claimsFor(doors, { authorize: { scope: 'openid profile' } });

    expect(claims).toMatchObject({
      acct: 0,
      ctry: 'GB',
      family_name: 'Lovelace',
      given_name: 'Ada',
      upn: ada.userPrincipalName,
      tenant_region_scope: 'EU',
      xms_pl: 'en-gb',
      email: ada.mail,
    });
    expect(Math.abs(Number(claims['auth_time']) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('that name the person need the scope profile', async () => {
    directory.registered = [asking('family_name', 'given_name', 'upn', 'acct')];

    const claims = await claimsFor(doors, { authorize: { scope: 'openid' } });

    expect(claims).toHaveProperty('acct');
    for (const name of ['family_name', 'given_name', 'upn']) expect(claims).not.toHaveProperty(name);
  });

  it.each([
    [[], undefined],
    [['include_externally_authenticated_upn'], 'gus_partner.example#EXT#@contoso.example'],
    [['include_externally_authenticated_upn_without_hash'], 'gus_partner.example_EXT_@contoso.example'],
  ])('give a guest’s upn by additional properties: %j', async (additionalProperties, upn) => {
    directory.registered = [asking({ name: 'upn', additionalProperties }, 'acct')];

    const claims = await claimsFor(doors, { label: 'Gus Guest' });

    expect(claims).toMatchObject({ acct: 1 });
    expect(claims['upn']).toBe(upn);
  });

  it('give a session’s sid and an opaque login_hint, which names the account and no tenant signed in to', async () => {
    directory.users = [ada, patAtContoso];
    directory.registered = [asking('sid', 'login_hint')];

    const browser = aBrowser(doors);
    const claims = await claimsFor(doors, { label: 'Pat Partner', browser });
    const hinted = await browser.open(signInUrl(doors, { prompt: 'none', login_hint: String(claims['login_hint']) }));

    expect(claims['sid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(Buffer.from(String(claims['login_hint']).slice(2), 'base64url').toString()).not.toContain(TENANT_ID);
    expect(answerIn(hinted.url)).toHaveProperty('code');
  });
});

describe('the parameter claims', () => {
  const claims = (value: object) => JSON.stringify(value);

  it('asks for optional claims beside those of the registration, as Microsoft’s libraries do', async () => {
    const asked = claims({ id_token: { login_hint: { essential: false }, signin_state: { essential: false } } });

    const found = await claimsFor(doors, {
      authorize: { claims: asked },
      token: { claims: claims({ id_token: { acct: null } }) },
    });

    expect(found).toMatchObject({ login_hint: expect.stringMatching(/^O\./), acct: 0 });
    expect(found).not.toHaveProperty('signin_state');
  });

  it('tells what the client can do, which the access token repeats', async () => {
    const asked = claims({ access_token: { xms_cc: { values: ['cp1'] } } });

    const { access_token } = await tokensFor(doors, { authorize: { claims: asked } });

    expect(decodeJwt(String(access_token))).toMatchObject({ xms_cc: ['cp1'] });
  });

  it.each([
    ['an essential claim that is lacking', { id_token: { ztdid: { essential: true } } }],
    ['a condition on the access token', { access_token: { acrs: { essential: true, value: 'c1' } } }],
    ['claims of the userinfo', { userinfo: { name: null } }],
  ])('is 501 with %s', async (_name, asked) => {
    const page = await aBrowser(doors).open(signInUrl(doors, { claims: claims(asked) }));

    expect(page.status).toBe(501);
  });

  it.each(['nonsense', '[]', '{"id_token":1}'])('is refused as %s', async (asked) => {
    const { url } = await aBrowser(doors).open(signInUrl(doors, { claims: asked }));

    expect(answerIn(url)['error_description']).toMatch(/^AADSTS90023: /);
  });
});

describe('email', () => {
  it('is said to be verified by xms_edov when the home tenant owns its domain', async () => {
    directory.users = [ada, { ...bo, mail: 'bo@contoso.example' }, patAtContoso];
    directory.registered = [asking('xms_edov')];

    expect(await claimsFor(doors)).toMatchObject({ email: ada.mail, xms_edov: false });
    expect(await claimsFor(doors, { label: bo.displayName })).toMatchObject({ xms_edov: true });
    expect(await claimsFor(doors, { label: 'Pat Partner' })).toMatchObject({ email: pat.mail, xms_edov: true });
    expect(await claimsFor(doors, { authorize: { scope: 'openid profile' } })).not.toHaveProperty('xms_edov');
  });

  it.each([
    ['of one tenant', {}, true],
    ['of one tenant that asks for it', { authenticationBehaviors: { removeUnverifiedEmailClaim: true } }, false],
    ['for any tenant', { signInAudience: 'AzureADMultipleOrgs' }, false],
    [
      'for any tenant that wants it all the same',
      { signInAudience: 'AzureADMultipleOrgs', authenticationBehaviors: { removeUnverifiedEmailClaim: false } },
      true,
    ],
  ] as const)('that is unverified reaches an application %s: %j', async (_name, changes, reaches) => {
    directory.registered = [anApplication(changes)];

    expect('email' in (await claimsFor(doors))).toBe(reaches);
  });
});

describe('the groups claim', () => {
  const groups = (count: number, securityEnabled = true) =>
    Array.from({ length: count }, (_, index) => ({ id: `group-${index}`, securityEnabled, isDirect: index === 0 }));

  it('lists security groups, nested ones too, or all, or none, as the registration says', async () => {
    directory.groups = { [ada.id]: [...groups(2), { id: 'team', securityEnabled: false, isDirect: true }] };
    const withClaims = async (groupMembershipClaims: 'None' | 'SecurityGroup' | 'All') => {
      directory.registered = [anApplication({ groupMembershipClaims })];
      return (await claimsFor(doors))['groups'];
    };

    expect(await withClaims('SecurityGroup')).toEqual(['group-0', 'group-1']);
    expect(await withClaims('All')).toEqual(['group-0', 'group-1', 'team']);
    expect(await withClaims('None')).toBeUndefined();
  });

  it('says where to ask instead, above two hundred', async () => {
    directory.registered = [anApplication({ groupMembershipClaims: 'All' })];

    directory.groups = { [ada.id]: groups(200) };
    expect((await claimsFor(doors))['groups']).toHaveLength(200);
    directory.groups = { [ada.id]: groups(201) };
    const claims = await claimsFor(doors);
    expect(claims).not.toHaveProperty('groups');
    expect(claims).toMatchObject({
      _claim_names: { groups: 'src1' },
      _claim_sources: { src1: { endpoint: `${doors.https}/v1.0/users/${ada.id}/getMemberObjects` } },
    });
  });
});

describe('the wids claim', () => {
  it('lists the roles of an administrator, and of everybody else that they are a member', async () => {
    directory.registered = [anApplication({ groupMembershipClaims: 'DirectoryRole' })];
    directory.groups = { [ada.id]: [{ id: 'group', securityEnabled: true, isDirect: true }] };

    const claims = await claimsFor(doors);

    expect(claims).not.toHaveProperty('groups');
    expect(claims['wids']).toEqual([GLOBAL_ADMINISTRATOR, 'b79fbf4d-3ef9-4689-8143-76b194e85509']);
  });

  it.each(['None', 'SecurityGroup'] as const)('is absent where the registration says %s', async (said) => {
    directory.registered = [anApplication({ groupMembershipClaims: said })];

    expect(await claimsFor(doors)).not.toHaveProperty('wids');
  });
});

describe('response_type with id_token', () => {
  const enabled = (changes = {}) => {
    const { web } = application;
    return anApplication({ web: { ...web, implicitGrantSettings: { enableIdTokenIssuance: true } }, ...changes });
  };
  const answer = async (changes: Record<string, string | undefined>) => {
    const browser = aBrowser(doors);
    const page = await browser.open(signInUrl(doors, changes));
    return new URL((page.status === 0 ? page : await browser.choose(page, 'Ada Lovelace')).url);
  };

  it('is refused by AADSTS700054 unless the registration allows it', async () => {
    const { error, error_description } = answerIn((await answer({ response_type: 'id_token' })).href);

    expect(error).toBe('unsupported_response_type');
    expect(error_description).toMatch(/^AADSTS700054: /);
  });

  it('is answered in the fragment, beside a code with its hash', async () => {
    directory.registered = [enabled()];

    const url = await answer({ response_type: 'code id_token' });
    const { code = '', id_token = '', state } = answerIn(url.href);

    expect(url.search).toBe('');
    expect(state).toBe('the state & more');
    const hash = createHash('sha256').update(code).digest().subarray(0, 16).toString('base64url');
    expect(decodeJwt(id_token)).toMatchObject({ oid: ada.id, nonce: 'the nonce', c_hash: hash });
  });

  it.each([
    ['without a nonce', { nonce: undefined }, 'AADSTS900144'],
    ['without the scope openid', { scope: 'User.Read' }, 'AADSTS70005'],
    ['beside an access token', { response_type: 'id_token token' }, 'AADSTS70005'],
  ])('is not given %s', async (_name, changes, number) => {
    directory.registered = [enabled()];

    const refused = answerIn((await answer({ response_type: 'id_token', ...changes })).href);

    expect(refused['error_description']?.startsWith(`${number}: `)).toBe(true);
  });

  it('is never put into a query', async () => {
    directory.registered = [enabled()];

    const page = await aBrowser(doors).open(signInUrl(doors, { response_type: 'id_token', response_mode: 'query' }));

    expect(page.readable).toContain('AADSTS70007');
  });

  it('says hasgroups instead of more than five groups', async () => {
    directory.registered = [enabled({ groupMembershipClaims: 'All' })];
    directory.groups = {
      [ada.id]: Array.from({ length: 6 }, (_, index) => ({ id: `g${index}`, securityEnabled: true, isDirect: true })),
    };

    const { id_token = '' } = answerIn((await answer({ response_type: 'id_token' })).href);

    expect(decodeJwt(id_token)).toMatchObject({ hasgroups: true });
    expect(decodeJwt(id_token)).not.toHaveProperty('groups');
  });
});
