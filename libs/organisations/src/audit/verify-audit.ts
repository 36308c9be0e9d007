import type { Connection } from 'mongoose';
import { type AuditEntry, auditEntryModel, auditHeadModel } from './audit-model.ts';
import { entryHash } from './entry-hash.ts';

/** What a look at the whole log of an organisation comes to. */
export interface AuditVerdict {
  readonly entries: number;
  /** What is wrong, in a sentence; null when every entry is as it was written, and none is missing. */
  readonly problem: string | null;
}

/** Entries that follow each other, and where they end. */
export interface AuditChain extends AuditVerdict {
  /** The last entry that is as it was written, and follows those before it. */
  readonly last: Pick<AuditEntry, 'sequence' | 'hash'>;
}

const beginning = { sequence: 0, hash: '' };

/** Reads the log from its beginning and recomputes each hash. */
export async function verifyAudit(connection: Connection, organisationId: string): Promise<AuditVerdict> {
  const found = auditEntryModel(connection).find({ organisationId }).sort({ sequence: 1 }).lean().cursor();
  const { entries, problem, last } = await verifyChain(found, beginning);
  const broken = (sentence: string) => ({ entries, problem: sentence });
  if (problem !== null) return broken(problem);
  const head = await auditHeadModel(connection).findById(organisationId).lean();
  if ((head?.sequence ?? 0) > entries) return broken(`entry ${entries + 1} is missing`);
  if ((head?.hash ?? '') !== last.hash) return broken('the end of the log was changed');
  return { entries, problem: null };
}

/** Recomputes the hashes of entries that should follow each other, those of an export as well as those of the database. */
export async function verifyChain(
  found: AsyncIterable<AuditEntry>,
  after: Pick<AuditEntry, 'sequence' | 'hash'>,
): Promise<AuditChain> {
  let last = after;
  let entries = 0;
  const broken = (problem: string) => ({ entries, last, problem });
  for await (const entry of found) {
    const expected = last.sequence + 1;
    if (entry.sequence !== expected) return broken(`entry ${expected} is missing`);
    if (entry.previousHash !== last.hash) return broken(`entry ${expected} doesn't follow the one before it`);
    if (entry.hash !== entryHash(entry)) return broken(`entry ${expected} was changed`);
    last = { sequence: entry.sequence, hash: entry.hash };
    entries += 1;
  }
  return { entries, last, problem: null };
}
