import type { FakeOp } from '@learnamp/testkit';
import { exportJWK } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { type Module, played, skipped, spoilt } from './module.ts';
import { byClientSecret, byEs256, corrupted, longer, rotated, signedBy, unsigned, without } from './recipes.ts';

const test = (name: string) => `oidcc-client-test${name}`;
const right = () => ({});
const withoutKid = (op: FakeOp) => signedBy(op.signingKey, { alg: 'RS256' });
const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;

const NEVER_ASKED = 'userinfo is never asked: who somebody is, is in the ID token alone';

/** oidcc-client-basic-certification-test-plan */
export const basic: readonly Module[] = [
  spoilt(test(''), 'accepted', right),
  spoilt(test('-invalid-iss'), 'refused', () => longer('iss')),
  spoilt(test('-missing-sub'), 'refused', () => without('sub')),
  spoilt(test('-invalid-aud'), 'refused', () => longer('aud')),
  spoilt(test('-missing-iat'), 'refused', () => without('iat')),
  spoilt(test('-kid-absent-single-jwks'), 'accepted', ({ stage }) => withoutKid(stage.op)),
  // Either would do; Microsoft always names its key.
  spoilt(test('-kid-absent-multiple-jwks'), 'refused', ({ stage }) => ({
    ...withoutKid(stage.op),
    keys: async (keys) => [...keys, { ...(await exportJWK(otherKey)), kid: 'another' }],
  })),
  spoilt(test('-idtoken-sig-rs256'), 'accepted', right),
  spoilt(test('-idtoken-sig-none'), 'refused', unsigned),
  spoilt(test('-invalid-sig-rs256'), 'refused', ({ stage }) => corrupted(stage.op)),
  ...skipped(NEVER_ASKED, [test('-userinfo-invalid-sub')]),
  spoilt(test('-nonce-invalid'), 'refused', () => longer('nonce')),
  spoilt(test('-scope-userinfo-claims'), 'accepted', right),
  ...skipped('the application proves itself by client_secret_post or private_key_jwt', [test('-client-secret-basic')]),
];

/** oidcc-client-config-certification-test-plan */
export const config: readonly Module[] = [
  spoilt(test('-discovery-openid-config'), 'accepted', ({ stage: { op }, company: { tenantId } }) => ({
    metadata: (all) => ({ ...all, token_endpoint: `${op.url}/${tenantId}/elsewhere/token` }),
  })),
  spoilt(test('-discovery-jwks-uri-keys'), 'accepted', ({ stage: { op }, company: { tenantId } }) => ({
    metadata: (all) => ({ ...all, jwks_uri: `${op.url}/${tenantId}/elsewhere/keys` }),
  })),
  spoilt(test('-discovery-issuer-mismatch'), 'refused', () => ({
    metadata: (all) => ({ ...all, issuer: `${String(all['issuer'])}INVALID` }),
  })),
  played(test('-signing-key-rotation-just-before-signing'), 'accepted', async ({ stage, company, browser, spoil }) => {
    const there = browser();
    const address = await company.begin(there);
    spoil(rotated('just-before'));
    const callback = stage.op.authorize(address, { ...company.person });
    await there.get((await there.get(callback)).location);
  }),
  played(test('-signing-key-rotation'), 'accepted', async ({ stage, company, browser, spoil }) => {
    const there = browser();
    await company.signIn(there);
    await there.post(`${company.home}/sign-out`);
    spoil(rotated('the-next'));
    // Unknown keys are asked for once a minute at most.
    await stage.pass(61);
    await company.signIn(there);
  }),
];

/** What of oidcc-client-test-plan applies to the code flow, and its plan of the form post. */
export const comprehensive: readonly Module[] = [
  spoilt(test('-missing-aud'), 'refused', () => without('aud')),
  spoilt(test('-invalid-sig-hs256'), 'refused', byClientSecret),
  spoilt(test('-invalid-sig-es256'), 'refused', byEs256),
  ...skipped(NEVER_ASKED, [test('-userinfo-bearer-header'), test('-userinfo-bearer-body'), test('-userinfo-signed')]),
  spoilt(test('-aggregated-claims'), 'accepted', () => ({
    claims: (all) => ({ ...all, _claim_names: { phone: 'one' }, _claim_sources: { one: { JWT: 'a.b.c' } } }),
  })),
  spoilt(test('-distributed-claims'), 'accepted', ({ stage: { op }, company: { tenantId } }) => ({
    claims: (all) => ({
      ...all,
      _claim_names: { phone: 'one' },
      _claim_sources: { one: { endpoint: `${op.url}/${tenantId}/claims`, access_token: 'opaque' } },
    }),
  })),
  ...skipped('there is no mTLS between us and Microsoft', [test('-mtls-endpoint-aliases')]),
  ...skipped('answers come by the query: a cross-site form post would need cookies without SameSite', [
    'oidcc-client-formpost-basic-certification-test-plan (the basic plan by form_post)',
    test('-form-post-error'),
  ]),
];
