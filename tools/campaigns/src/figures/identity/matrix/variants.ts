import type { Variant } from '../../variants/change-module.ts';
import { change } from '../gateway-change.ts';

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
