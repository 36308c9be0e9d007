import type { Change, Variant } from '../../variants/change-module.ts';
import { change, gateway, library } from '../gateway-change.ts';

/** A variant of the sign-in, and the modules that have to notice it. */
export interface ConformanceVariant extends Variant {
  readonly noticedBy: readonly string[];
}

/** Leaves one of the checks of claims out. */
const withoutCheck = (name: string): Change => ({
  module: `${gateway}/sign-in/check-claims.js`,
  from: `    ${name},\n`,
  to: '',
});

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

/** What one of them changes, for another row that has to notice the same. */
export const changesOf = (id: string): readonly Change[] =>
  conformanceVariants.find((variant) => variant.id === id)?.changes ?? [];
