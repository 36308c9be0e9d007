import { createHash } from 'node:crypto';
import type { AuditEntry } from './audit-model.ts';

/** SHA-256 of an entry and of the hash before it, in base64url. The order of members makes no other hash. */
export function entryHash({ organisationId, sequence, at, actor, action, changes, previousHash }: Unhashed): string {
  const said = { organisationId, sequence, at: at.toISOString(), actor, action, changes, previousHash };
  return createHash('sha256').update(canonical(said)).digest('base64url');
}

type Unhashed = Omit<AuditEntry, '_id' | 'hash'>;

/** JSON with the members of each object in the order of their names. What is undefined is null, as MongoDB has it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join()}}`;
}
