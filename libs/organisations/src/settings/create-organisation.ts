import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { appendAudit } from '../audit/append-audit.ts';
import type { AuditActor } from '../audit/audit-model.ts';
import { roleModel, roleOfOwner } from '../roles/roles.ts';
import { organisationModel } from './organisation-model.ts';
import { isSubdomainTaken } from './taken.ts';

export interface WantedOrganisation {
  readonly subdomain: string;
  readonly name: string;
  /** The learner id of the first Owner, who need not exist yet, by the organisation's id. */
  readonly ownerOf: (organisationId: string) => string;
}

export interface CreatedOrganisation {
  readonly organisationId: string;
  /** Of the first Owner. */
  readonly learnerId: string;
  /** False where the same organisation with the same Owner was there already. */
  readonly isNew: boolean;
}

/** The organisation can't be made as it is wanted. The message says why, and what may be. */
export class OrganisationRefusedError extends Error {
  readonly code = 'organisation-refused';
  readonly retriable = false;
}

/** A label of a host name (RFC 1035 section 2.3.1), which begins with a letter or a digit as hosts may. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** The names of other hosts beside the homes, now or one day, and what people would take for ours. */
const RESERVED = new Set(
  'admin api app assets auth cdn docs ftp help hooks learnamp localhost login mail mta-sts smtp static status support www'.split(
    ' ',
  ),
);

/**
 * Makes an organisation without a tenant and gives it its first Owner, with an entry in its audit log: all or nothing.
 * The collections have to exist. Idempotent.
 * @throws OrganisationRefusedError for a name that can't be, and for a subdomain that is another organisation's.
 */
export async function createOrganisation(
  connection: Connection,
  wanted: WantedOrganisation,
  by: { readonly actor: AuditActor; readonly at: Date },
): Promise<CreatedOrganisation> {
  const subdomain = checkedSubdomain(wanted.subdomain);
  const name = wanted.name.trim();
  if (name === '' || name.length > 200) throw new OrganisationRefusedError('the name needs 1 to 200 characters');
  const same = await sameOrganisation(connection, { ...wanted, subdomain, name });
  if (same) return same;
  const organisationId = randomUUID();
  const learnerId = wanted.ownerOf(organisationId);
  try {
    await connection.transaction(async (session) => {
      await organisationModel(connection).create([{ _id: organisationId, subdomain, name }], { session });
      await roleModel(connection).create([roleOfOwner(organisationId, learnerId)], { session });
      const set = { subdomain, name, [`roles.${learnerId}`]: 'Owner' };
      const changes = Object.entries(set).map(([path, value]) => ({ path, old: null, new: value }));
      await appendAudit(connection, { organisationId, ...by, action: 'organisation created', changes }, session);
    });
  } catch (error) {
    // Somebody made one of this subdomain at the same moment: it is looked at like any other.
    if (isSubdomainTaken(error)) return createOrganisation(connection, wanted, by);
    throw error;
  }
  return { organisationId, learnerId, isNew: true };
}

function checkedSubdomain(text: string): string {
  const subdomain = text.toLowerCase();
  if (!LABEL.test(subdomain) || subdomain.startsWith('xn--')) {
    throw new OrganisationRefusedError(
      `${JSON.stringify(text)} is no subdomain: 1 to 63 letters a to z, digits and hyphens, none of these at an end`,
    );
  }
  if (RESERVED.has(subdomain)) throw new OrganisationRefusedError(`the subdomain ${subdomain} is kept for other hosts`);
  return subdomain;
}

/** The organisation of the subdomain, where it is the one that is wanted; undefined where there is none. */
async function sameOrganisation(
  connection: Connection,
  { subdomain, name, ownerOf }: WantedOrganisation,
): Promise<CreatedOrganisation | undefined> {
  const found = await organisationModel(connection).findOne({ subdomain }, 'name').lean();
  if (!found) return undefined;
  const learnerId = ownerOf(found._id);
  const isOwner = await roleModel(connection).exists(roleOfOwner(found._id, learnerId));
  if (found.name === name && isOwner) return { organisationId: found._id, learnerId, isNew: false };
  throw new OrganisationRefusedError(
    `the subdomain ${subdomain} is taken by another organisation, or another first Owner`,
  );
}
