import type { Variant } from '../../variants/change-module.ts';
import { change } from '../gateway-change.ts';

/** A variant of connecting a tenant, and the attack that has to notice it. */
export interface TenantVariant extends Variant {
  readonly noticedBy: string;
}

export const tenantVariants: readonly TenantVariant[] = [
  {
    id: 'N1',
    says: 'take the tenant from the address',
    noticedBy: "another's tenant in the address of the second trip",
    changes: [
      change(
        'tenant-connection/finish-trip',
        "if (claim.stage === 'consent' && answer.kind === 'consented') {",
        "if (claim.stage === 'proof' && answer.kind === 'consented') { await connectTenant(deps.connection, deps.seals, organisation.id, { tenantId: answer.tenantId, consent: claim.consent }, { actor: { kind: 'learner', id: claim.learnerId }, at: deps.clock() }); return undefined; } if (claim.stage === 'consent' && answer.kind === 'consented') {",
      ),
    ],
  },
  {
    id: 'N2',
    says: 'do not ask who administers it',
    noticedBy: 'somebody who administers nothing',
    changes: [change('tenant-connection/finish-trip', 'if (refusal)', "if (refusal === 'token-refused')")],
  },
  {
    id: 'N3',
    says: 'do not ask in whose session it began',
    noticedBy: "an answer and its cookie in another Owner's session of the same organisation",
    changes: [
      change(
        'tenant-connection/tenant-claims',
        '{ ...claimant, handOverHash:',
        '{ organisationId: claimant.organisationId, handOverHash:',
      ),
    ],
  },
  {
    id: 'N4',
    says: 'overlook the error beside a tenant',
    noticedBy: 'an error beside a tenant, and a sign-in all the same',
    changes: [
      change(
        'tenant-connection/consent-answer',
        "if ('error' in query)",
        "if (!('tenant' in query) && 'error' in query)",
      ),
    ],
  },
];
