import { KID } from '@learnamp/testkit';
import { answered, type Module, spoilt } from './module.ts';
import { claims, expired, longer, omit, secondAudience, signedBy, unsigned, without } from './recipes.ts';

const fapi2 = (name: string) => `fapi2-security-profile-final-client-test-${name}`;
const fapi1 = (name: string) => `fapi1-advanced-final-client-test-${name}`;

const A_WEEK = 7 * 86_400;

/** What the plans of OpenID Connect lack, from those of FAPI. */
export const fapi: readonly Module[] = [
  spoilt(fapi2('invalid-expired-exp'), 'refused', expired),
  spoilt(fapi2('invalid-missing-exp'), 'refused', () => without('exp')),
  spoilt(fapi2('invalid-missing-iss'), 'refused', () => without('iss')),
  spoilt(fapi2('invalid-missing-aud'), 'refused', () => without('aud')),
  spoilt(fapi2('invalid-missing-nonce'), 'refused', () => without('nonce')),
  spoilt(fapi2('invalid-nonce'), 'refused', () => longer('nonce')),
  spoilt(fapi2('invalid-iss'), 'refused', () => longer('iss')),
  spoilt(fapi2('invalid-aud'), 'refused', () => longer('aud')),
  spoilt(fapi2('invalid-secondary-aud'), 'refused', secondAudience),
  spoilt(fapi2('invalid-null-alg'), 'refused', unsigned),
  spoilt(fapi2('invalid-alternate-alg'), 'refused', ({ stage }) =>
    signedBy(stage.op.signingKey, { alg: 'PS256', kid: KID }),
  ),
  spoilt(fapi2('valid-aud-as-array'), 'accepted', () => claims((all) => ({ ...all, aud: [all['aud']] }))),
  spoilt(fapi2('discovery-issuer-mismatch'), 'refused', () => ({
    metadata: (all) => ({ ...all, issuer: `${String(all['issuer'])}INVALID` }),
  })),
  answered(fapi2('ensure-authorization-response-with-invalid-state-fails'), 'refused', ({ searchParams }) =>
    searchParams.set('state', `${searchParams.get('state') ?? ''}1`),
  ),
  answered(fapi2('ensure-authorization-response-with-invalid-missing-state-fails'), 'refused', ({ searchParams }) =>
    searchParams.delete('state'),
  ),
  answered(fapi2('invalid-authorization-response-iss'), 'refused', ({ searchParams }, { stage, other }) =>
    searchParams.set('iss', stage.op.issuerOf(other.tenantId)),
  ),
  spoilt(fapi2('remove-authorization-response-iss'), 'refused', () => ({
    metadata: (all) => ({ ...all, authorization_response_iss_parameter_supported: true }),
  })),
  spoilt(fapi2('token-endpoint-response-without-expires_in'), 'accepted', () => ({
    tokens: (answer) => omit(answer, 'expires_in'),
  })),
  spoilt(fapi2('token-type-case-insensitivity'), 'accepted', () => ({
    tokens: (answer) => ({ ...answer, token_type: 'bEARER' }),
  })),
  spoilt(fapi1('iat-is-week-in-past'), 'refused', () =>
    claims((all) => ({ ...all, iat: Number(all['iat']) - A_WEEK, nbf: Number(all['nbf']) - A_WEEK })),
  ),
  spoilt(fapi1('missing-athash'), 'accepted', () => without('at_hash')),
];
