import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type AuditEntry, auditEntryModel, verifyChain } from '@learnamp/organisations';
import type { Connection } from 'mongoose';

/** What a look at an export comes to. */
export interface FileVerdict {
  readonly entries: number;
  readonly problem: string | null;
  /** The number of its first entry: 1 where it is the whole log. */
  readonly from: number;
  /** Of its last entry. */
  readonly hash: string;
}

/**
 * Recomputes every hash of an export. It may begin with a later entry than the first, and end before the last. With an
 * organisation, it has to be that one's, and end as its log in the database has it there.
 * @throws what the file system says
 */
export async function verifyFile(
  connection: Connection,
  file: string,
  organisationId: string | undefined,
): Promise<FileVerdict> {
  const [first] = await firstOf(entriesOf(file));
  if (!first) return { entries: 0, problem: 'there is no entry in the file', from: 0, hash: '' };
  const after = { sequence: first.sequence - 1, hash: first.previousHash };
  const { entries, problem, last } = await verifyChain(entriesOf(file), after);
  const verdict = { entries, problem, from: first.sequence, hash: last.hash };
  if (problem !== null || organisationId === undefined) return verdict;
  const same = { organisationId, sequence: last.sequence, hash: last.hash };
  const isTheirs = first.organisationId === organisationId && (await auditEntryModel(connection).exists(same));
  return isTheirs ? verdict : { ...verdict, problem: `the organisation's log has another entry ${last.sequence}` };
}

async function firstOf(entries: AsyncIterable<AuditEntry>): Promise<AuditEntry[]> {
  for await (const entry of entries) return [entry];
  return [];
}

async function* entriesOf(file: string): AsyncGenerator<AuditEntry> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  for await (const line of lines) if (line !== '') yield entryOf(line);
}

/** What is no entry has no number, and so is missing where it should be. */
function entryOf(line: string): AuditEntry {
  const nothing = { sequence: NaN, hash: '', previousHash: '' };
  try {
    const said = JSON.parse(line) as AuditEntry & { readonly at: string };
    const at = new Date(said.at);
    return { ...said, ...(Number.isNaN(at.getTime()) ? nothing : {}), at };
  } catch {
    return { ...nothing, at: new Date(NaN) } as unknown as AuditEntry;
  }
}
