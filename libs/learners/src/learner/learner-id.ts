import { createHash } from 'node:crypto';

/**
 * The id of the learner that a person of the directory becomes where nobody is them already, or whom a command brings:
 * derived, so that a half-applied event and its repetition speak of the same learner, and memberships may be written
 * before the learner is. Who is linked to whom is on the learner, and found there.
 */
export function learnerIdOf(organisationId: string, source: 'microsoft' | 'manual', id: string): string {
  const digest = createHash('sha256').update(`${organisationId}\n${source}\n${id.toLowerCase()}`).digest('hex');
  return `lrn_${digest.slice(0, 32)}`;
}
