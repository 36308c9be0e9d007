import { createHash } from 'node:crypto';

/**
 * The id of the learner that a person of the directory becomes: derived, so that a half-applied event and its repetition
 * speak of the same learner, and memberships may be written before the learner is.
 */
export function learnerIdOf(organisationId: string, source: 'microsoft', personId: string): string {
  const digest = createHash('sha256').update(`${organisationId}\n${source}\n${personId.toLowerCase()}`).digest('hex');
  return `lrn_${digest.slice(0, 32)}`;
}
