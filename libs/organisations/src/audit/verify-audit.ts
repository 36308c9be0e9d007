import type { Connection } from 'mongoose';
import { auditEntryModel, auditHeadModel } from './audit-model.ts';
import { entryHash } from './entry-hash.ts';

/** What a look at the whole log of an organisation comes to. */
export interface AuditVerdict {
  readonly entries: number;
  /** What is wrong, in a sentence; null when every entry is as it was written, and none is missing. */
  readonly problem: string | null;
}

/** Reads the log from its beginning and recomputes each hash. */
export async function verifyAudit(connection: Connection, organisationId: string): Promise<AuditVerdict> {
  const found = auditEntryModel(connection).find({ organisationId }).sort({ sequence: 1 }).lean().cursor();
  let entries = 0;
  let previousHash = '';
  const broken = (problem: string) => ({ entries, problem });
  for await (const entry of found) {
    const expected = entries + 1;
    if (entry.sequence !== expected) return broken(`entry ${expected} is missing`);
    if (entry.previousHash !== previousHash) return broken(`entry ${expected} doesn't follow the one before it`);
    if (entry.hash !== entryHash(entry)) return broken(`entry ${expected} was changed`);
    previousHash = entry.hash;
    entries = expected;
  }
  const head = await auditHeadModel(connection).findById(organisationId).lean();
  if ((head?.sequence ?? 0) > entries) return broken(`entry ${entries + 1} is missing`);
  if ((head?.hash ?? '') !== previousHash) return broken('the end of the log was changed');
  return { entries, problem: null };
}
