import type { Connection } from 'mongoose';
import { appendAudit } from '../audit/append-audit.ts';
import type { AuditActor, AuditEvent } from '../audit/audit-model.ts';
import type { SealBox } from '../sealing/seal-box.ts';
import { passwordsOf } from '../passwords/password-access.ts';
import { type OrganisationDocument, organisationModel } from '../settings/organisation-model.ts';
import { sealTenant } from '../settings/organisations.ts';
import { isDuplicateOf } from '../settings/taken.ts';
import { type Consent, consentsOf } from './consent.ts';

export interface By {
  readonly actor: AuditActor;
  readonly at: Date;
}

/**
 * `taken`: the tenant is another organisation's. `other-tenant`: the organisation has another one, which has to be
 * disconnected first.
 */
export type Connected = 'connected' | 'taken' | 'other-tenant' | 'no-organisation';

export interface WantedTenant {
  /** Proved to be administered by whoever connects it. */
  readonly tenantId: string;
  readonly consent: Consent;
}

/**
 * Gives an organisation a tenant, or another consent of the one it has; with an entry in the audit log, which names no
 * tenant. Of two organisations that want the same tenant at the same moment one gets it. Idempotent.
 */
export async function connectTenant(
  connection: Connection,
  seals: SealBox,
  id: string,
  { tenantId, consent }: WantedTenant,
  by: By,
): Promise<Connected> {
  const { tenantIndex, tenantSealed } = await sealTenant(seals, id, tenantId);
  const connected = ({ microsoft }: OrganisationDocument): OrganisationDocument['microsoft'] | 'other-tenant' => {
    if (microsoft && microsoft.tenantIndex !== tenantIndex) return 'other-tenant';
    const given = microsoft ? consentsOf(microsoft) : [];
    const consents = given.includes(consent) ? given : [...given, consent];
    return { ...(microsoft ?? { tenantSealed, tenantIndex, groupId: null }), consents };
  };
  try {
    return (await changeMicrosoft(connection, id, 'tenant connected', by, connected)) ?? 'connected';
  } catch (error) {
    if (isDuplicateOf(error, 'microsoft.tenantIndex')) return 'taken';
    throw error;
  }
}

/**
 * Takes the tenant from an organisation, so that it may be connected again, by this organisation or another. Learners
 * and whatever else has come from it stay. Where passwords were switched off they come back. Idempotent.
 */
export async function disconnectTenant(connection: Connection, id: string, by: By): Promise<void> {
  await changeMicrosoft<never>(connection, id, 'tenant disconnected', by, () => null);
}

/** `no-provisioning`: the organisation has no tenant whose directory may be read. */
export type ChosenGroup = 'chosen' | 'no-provisioning' | 'no-organisation';

/** Sets the group whose people become learners. Whoever calls has seen that there is one. Idempotent. */
export async function chooseGroup(connection: Connection, id: string, groupId: string, by: By): Promise<ChosenGroup> {
  const chosen = ({ microsoft }: OrganisationDocument): OrganisationDocument['microsoft'] | 'no-provisioning' => {
    if (!microsoft || !consentsOf(microsoft).includes('provisioning')) return 'no-provisioning';
    return { ...microsoft, groupId };
  };
  return (await changeMicrosoft(connection, id, 'group chosen', by, chosen)) ?? 'chosen';
}

/** Changes what an organisation has of Microsoft and says so in its audit log; a text means why not. */
function changeMicrosoft<Refusal extends string>(
  connection: Connection,
  id: string,
  action: AuditEvent['action'],
  by: By,
  change: (before: OrganisationDocument) => OrganisationDocument['microsoft'] | Refusal,
): Promise<Refusal | 'no-organisation' | undefined> {
  const model = organisationModel(connection);
  return connection.transaction(async (session) => {
    const before = await model.findById(id, null, { session }).lean();
    if (!before) return 'no-organisation';
    const microsoft = change(before);
    if (typeof microsoft === 'string') return microsoft;
    const passwords = { ...passwordsOf(before), ...(microsoft === null ? { enabled: true } : {}) };
    const changes = differences(shown(before), shown({ ...before, microsoft, passwords }));
    if (changes.length === 0) return undefined;
    const set = microsoft === null ? { microsoft, passwords, signInTest: null } : { microsoft };
    await model.updateOne({ _id: id }, { $set: set, $inc: { revision: 1 } }, { session });
    await appendAudit(connection, { organisationId: id, ...by, action, changes }, session);
    return undefined;
  });
}

/** What the audit log may say of it: not the tenant. */
const shown = ({ microsoft, ...rest }: OrganisationDocument) => ({
  'microsoft.connected': microsoft !== null,
  'microsoft.consents': microsoft ? [...consentsOf(microsoft)] : [],
  'microsoft.groupId': microsoft?.groupId ?? null,
  'passwords.enabled': passwordsOf(rest).enabled,
});

function differences(before: ReturnType<typeof shown>, after: ReturnType<typeof shown>) {
  const paths = Object.keys(before) as (keyof typeof before)[];
  return paths
    .map((path) => ({ path, old: before[path], new: after[path] }))
    .filter((change) => JSON.stringify(change.old) !== JSON.stringify(change.new));
}
