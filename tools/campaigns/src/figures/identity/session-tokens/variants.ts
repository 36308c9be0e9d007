import type { Variant } from '../../variants/change-module.ts';
import { change } from '../gateway-change.ts';

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
