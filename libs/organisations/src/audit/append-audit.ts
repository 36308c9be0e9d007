import type { ClientSession, Connection } from 'mongoose';
import { auditEntryModel, type AuditEvent, auditHeadModel } from './audit-model.ts';
import { entryHash } from './entry-hash.ts';

/**
 * Adds an entry to the organisation's log, in the transaction that does what it tells of: neither happens without the
 * other. Of two at the same moment MongoDB lets one try again, because both move the head.
 */
export async function appendAudit(connection: Connection, event: AuditEvent, session: ClientSession): Promise<void> {
  const heads = auditHeadModel(connection);
  const { organisationId } = event;
  const head = await heads.findById(organisationId, null, { session }).lean();
  const sequence = (head?.sequence ?? 0) + 1;
  const entry = { ...event, sequence, previousHash: head?.hash ?? '' };
  const hash = entryHash(entry);
  const _id = `${organisationId}:${String(sequence).padStart(12, '0')}`;
  await heads.updateOne({ _id: organisationId }, { $set: { sequence, hash } }, { session, upsert: true });
  await auditEntryModel(connection).create([{ ...entry, _id, hash }], { session });
}
