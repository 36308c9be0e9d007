import { tenantVariants } from './tenants/variants.ts';
import type { Change, Variant } from '../variants/change-module.ts';

/** A variant of the sign-in, and the modules that have to notice it. */
export interface ConformanceVariant extends Variant {
  readonly noticedBy: readonly string[];
}

const gateway = 'apps/auth-gateway/dist';
const library = 'node_modules/oauth4webapi/build/index.js';

/** Leaves one of the checks of claims out. */
const withoutCheck = (name: string): Change => ({
  module: `${gateway}/sign-in/check-claims.js`,
  from: `    ${name},\n`,
  to: '',
});

const change = (module: string, from: string, to: string): Change => ({ module: `${gateway}/${module}.js`, from, to });

const oidcc = (name: string) => `oidcc-client-test-${name}`;
const fapi2 = (name: string) => `fapi2-security-profile-final-client-test-${name}`;

export const conformanceVariants: readonly ConformanceVariant[] = [
  {
    id: 'V1',
    says: 'do not compare issuers',
    noticedBy: [oidcc('invalid-iss'), fapi2('invalid-iss'), 'issuer of version 1', 'literal {tenantid} in iss'],
    changes: [
      withoutCheck('issuerIsTheTenants'),
      { module: library, from: 'if (result.claims.iss !== expected) {', to: 'if (result.claims.iss === undefined) {' },
    ],
  },
  {
    id: 'V2',
    says: 'do not compare nonces',
    noticedBy: [oidcc('nonce-invalid'), fapi2('invalid-nonce')],
    changes: [{ module: library, from: 'if (claims.nonce !== expected) {', to: 'if (claims.nonce === undefined) {' }],
  },
  {
    id: 'V3',
    says: 'leave signatures unchecked',
    noticedBy: [oidcc('invalid-sig-rs256'), 'key whose issuer is another tenant', 'key id of nobody'],
    changes: [
      change(
        'microsoft/authorities',
        '[enableNonRepudiationChecks, allowInsecureRequests] : [enableNonRepudiationChecks]',
        '[allowInsecureRequests] : []',
      ),
    ],
  },
  {
    id: 'V4',
    says: 'find people by their address',
    noticedBy: ['right address, another oid (nOAuth)'],
    changes: [
      change(
        'sign-in/find-learner',
        "'sources.microsoft.personId': personId }",
        "$or: [{ 'sources.microsoft.personId': personId }, { 'fields.email': claims.preferred_username }] }",
      ),
    ],
  },
  {
    id: 'V5',
    says: 'do not look at the tenant',
    noticedBy: ['tid of another organisation’s tenant', 'tid of an unknown tenant', 'right oid, another tid'],
    changes: [withoutCheck('tenantIsTheOrganisations')],
  },
  {
    id: 'V6',
    says: 'take tokens for several audiences',
    noticedBy: [fapi2('invalid-secondary-aud')],
    changes: [withoutCheck('audienceIsUsAlone')],
  },
  {
    id: 'V7',
    says: 'do not ask which browser began',
    noticedBy: ['state without its cookie', 'cookie of one browser, callback of another'],
    changes: [
      change('sign-in/complete-routes', 'if (!browserToken || ', 'if ('),
      change(
        'sign-in/complete-routes',
        'organisationId: organisation.id, browserToken }',
        'organisationId: organisation.id }',
      ),
      change(
        'sign-in/sign-in-store',
        'organisationId, browserHash: hashOf(browserToken), ...notExpired()',
        'organisationId, ...notExpired()',
      ),
    ],
  },
  {
    id: 'V8',
    says: 'take a state twice',
    noticedBy: ['state used twice'],
    changes: [change('sign-in/sign-in-store', 'transactions.findOneAndDelete(', 'transactions.findOne(')],
  },
  {
    id: 'V9',
    says: 'take a state of any age',
    noticedBy: ['state older than ten minutes'],
    changes: [change('sign-in/sign-in-store', '{ _id: state, ...notExpired() }', '{ _id: state }')],
  },
  {
    id: 'V10',
    says: 'take any tenant’s keys',
    noticedBy: ['key whose issuer is another tenant'],
    changes: [change('microsoft/keys-of-issuer', 'mayServe(key, issuer) && ', '')],
  },
  {
    id: 'V11',
    says: 'take keys, tokens and answers of any size',
    noticedBy: ['key with a huge modulus', 'token of more than 16 KB', '100 keys'],
    changes: [
      change('microsoft/keys-of-issuer', ' && isUsual(key)', ''),
      change('microsoft/keys-of-issuer', 'MOST_BYTES = 65_536', 'MOST_BYTES = Infinity'),
      change('microsoft/microsoft', 'LONGEST_TOKEN = 16_384', 'LONGEST_TOKEN = Infinity'),
    ],
  },
  {
    id: 'V12',
    says: 'take old tokens',
    noticedBy: ['fapi1-advanced-final-client-test-iat-is-week-in-past', 'clock ten minutes behind'],
    changes: [change('microsoft/microsoft', ' || ageSeconds > OLDEST_SECONDS', '')],
  },
  {
    id: 'V13',
    says: 'overlook whose answer it is (RFC 9207)',
    noticedBy: [fapi2('invalid-authorization-response-iss')],
    changes: [
      change('sign-in/callback-routes', 'issuerHash: iss === undefined ? null : hashOf(iss)', 'issuerHash: null'),
    ],
  },
  {
    id: 'V14',
    says: 'let leavers in',
    noticedBy: ['oid of a deactivated learner'],
    changes: [
      change('sign-in/complete-sign-in', 'if (!learner.active)', 'if (!learner)'),
      change('sessions/check-session', '    learnerIsActive,\n', ''),
    ],
  },
  {
    id: 'V15',
    says: 'start a sign-in by a link',
    noticedBy: [oidcc('3rd-party-init-login')],
    changes: [
      change(
        'sign-in/start-routes',
        "server.get('/sign-in/microsoft', (_request, reply) => reply.redirect('/', 303));",
        "server.get('/sign-in/microsoft', async (request, reply) => start(deps, await deps.arrivals.organisationOf(request), {}, reply));",
      ),
    ],
  },
  {
    id: 'V16',
    says: 'do not hear that Microsoft’s session has ended',
    noticedBy: [oidcc('rp-frontchannel-opinitlogout')],
    changes: [change('sessions/sign-out-routes', 'await sessions.endByMicrosoftSid(sid, iss)', '0')],
  },
  {
    id: 'V17',
    says: 'repeat what Microsoft wrote',
    noticedBy: ['error with a script in its description'],
    changes: [
      change('sign-in/callback-routes', '!/^[a-z_]{1,64}$/.test(error)', 'error.length > 64'),
      change(
        'sign-in/callback-routes',
        "{ kind: 'error', error, aadsts: aadstsOf(query['error_description']) ?? null }",
        "{ kind: 'error', error: query['error_description'], aadsts: null }",
      ),
      change('sign-in/refusal-page', '<p class="faint">', '<p class="faint">${refusal.reason} '),
    ],
  },
];

export const returnPathVariants: readonly Variant[] = [
  {
    id: 'W1',
    says: 'lead wherever they are told, if it begins with a slash',
    changes: [change('hosts/return-path', '    // The parser keeps', '    return asked;\n    // The parser keeps')],
  },
  {
    id: 'W2',
    says: 'overlook that a later hop may decode',
    changes: [change('hosts/return-path', 'if (/%(?:2f|5c|0[0-9a-f]|1[0-9a-f])/i.test(asked))', "if (asked === '')")],
  },
];

const tokens = 'sessions/access-tokens';

export const sessionTokenVariants: readonly Variant[] = [
  {
    id: 'T1',
    says: 'read tokens without checking their signatures',
    changes: [
      change(
        tokens,
        'await request.jwtVerify({ allowedAud: organisationId, clockTimestamp: now })',
        "(void now, JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()))",
      ),
    ],
  },
  {
    id: 'T2',
    says: 'do not look whose tokens they are',
    changes: [change(tokens, 'allowedAud: organisationId, ', '')],
  },
  {
    id: 'T3',
    says: 'take tokens of any age',
    changes: [change(tokens, "algorithms: ['ES256'],", "algorithms: ['ES256'], ignoreExpiration: true,")],
  },
  {
    id: 'T4',
    says: 'take the key that a token brings along',
    changes: [
      change(
        tokens,
        '(_request, token) => keyOf(keys, token)',
        "(_request, token) => (token.header.jwk ? Promise.resolve(process.getBuiltinModule('node:crypto').createPublicKey({ key: token.header.jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()) : keyOf(keys, token))",
      ),
    ],
  },
  {
    id: 'T5',
    says: 'take several texts of one token',
    changes: [change(tokens, 'if (!token || !isCanonical(token))', 'if (!token)')],
  },
];

const changesOf = (id: string) => conformanceVariants.find((variant) => variant.id === id)?.changes ?? [];

export const mixVariants: readonly Variant[] = [
  { id: 'M1', says: 'do not ask which browser began', changes: changesOf('V7') },
  { id: 'M2', says: 'overlook whose answer it is (RFC 9207)', changes: changesOf('V13') },
];

export const matrixVariants: readonly Variant[] = [
  {
    id: 'O1',
    says: 'take another organisation’s session',
    changes: [
      change('sessions/session-store', '{ _id: token.sessionId, organisationId }', '{ _id: token.sessionId }'),
      change(
        'sessions/visitors',
        'check(deps, found.session, organisationId)',
        'check(deps, found.session, found.session.organisationId)',
      ),
    ],
  },
  {
    id: 'O2',
    says: 'let everybody administer',
    changes: [change('sessions/arrivals', 'if (mayAdminister(arrival.visitor))', 'if (arrival.visitor)')],
  },
  {
    id: 'O3',
    says: 'end anybody’s session',
    changes: [
      change(
        'sessions/session-store',
        'endWhere({ learnerId, ...(id',
        'endWhere({ ...(id === undefined ? { learnerId } : {}), ...(id',
      ),
    ],
  },
  {
    id: 'O4',
    says: 'show any organisation’s traces',
    changes: [change('sign-in-traces/sign-in-traces', '_id: reference, organisationId, ', '_id: reference, ')],
  },
  {
    id: 'O5',
    says: 'go on with a session that has ended',
    changes: [change('sessions/check-session', '    notEnded,\n', '')],
  },
  {
    id: 'O6',
    says: 'take any organisation’s tokens',
    changes: [
      change('api-tokens/token-callers', 'hash: hashOf(text), organisationId', 'hash: hashOf(text)'),
      change('api-tokens/token-callers', '_id: token.learnerId, organisationId', '_id: token.learnerId'),
      change(
        'api-tokens/token-callers',
        'roles.roleOf(organisationId, token.learnerId)',
        'roles.roleOf(token.organisationId, token.learnerId)',
      ),
    ],
  },
  {
    id: 'O7',
    says: 'do not look what a token is for',
    changes: [change('api-tokens/token-callers', 'if (!token.scopes.includes(scope))', 'if (!scope)')],
  },
];

export const leaverVariants: readonly Variant[] = [
  {
    id: 'L1',
    says: 'look at the session alone, not at the learner',
    changes: [
      change('sessions/check-session', '    learnerIsActive,\n', ''),
      change('sessions/check-session', '    learnerIsUnchanged,\n', ''),
    ],
  },
];

export const passwordVariants: readonly Variant[] = [
  {
    id: 'G1',
    says: 'compare nothing where there is no password',
    changes: [
      change(
        'passwords/password-hash',
        'const matches =',
        'if (stored === undefined)\n        return false;\n    const matches =',
      ),
    ],
  },
  {
    id: 'G2',
    says: 'count guesses by the address that they come from alone',
    changes: [change('passwords/attempts', 'return [account, ', 'return [{ id: `any:${address}`, limit: Infinity }, ')],
  },
  {
    id: 'G3',
    says: 'say that nobody has an address',
    changes: [
      change(
        'passwords/password-sign-in-routes',
        'reply, 401, WRONG)',
        "reply, 401, learner ? WRONG : 'Nobody has that address.')",
      ),
    ],
  },
];

export const keyVariants: readonly Variant[] = [
  {
    id: 'K1',
    says: 'know only the key that they sign with',
    changes: [change('sessions/signing-keys', 'find: (kid) => keys.find(', 'find: (kid) => keys.slice(0, 1).find(')],
  },
  {
    id: 'K2',
    says: 'ask Microsoft for its keys whenever a token names another one',
    changes: [
      {
        module: library,
        from: 'if (age >= 60) {',
        to: 'if (age >= 60 || (!(jwksMap.asked ??= new Set()).has(kid) && jwksMap.asked.add(kid))) {',
      },
    ],
  },
];

export const leakVariants: readonly Variant[] = [
  {
    id: 'P1',
    says: 'log what was typed',
    changes: [
      change(
        'passwords/password-sign-in-routes',
        "learnerId: learner?._id }, 'password refused'",
        "learnerId: learner?._id, email }, 'password refused'",
      ),
    ],
  },
  { id: 'P2', says: 'repeat what Microsoft wrote', changes: changesOf('V17') },
];

export const variants: readonly Variant[] = [
  ...conformanceVariants,
  ...returnPathVariants,
  ...sessionTokenVariants,
  ...mixVariants,
  ...matrixVariants,
  ...leaverVariants,
  ...passwordVariants,
  ...keyVariants,
  ...leakVariants,
  ...tenantVariants,
];
