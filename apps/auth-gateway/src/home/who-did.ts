import type { LearnerDocument } from '@learnamp/learners';
import type { AuditActor, AuditEntry } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import { namesOf, SOMEBODY_GONE } from './names-of.ts';

/** How the actors of these entries of the audit log are called. */
export async function whoDid(
  learners: Model<LearnerDocument>,
  organisationId: string,
  entries: readonly Pick<AuditEntry, 'actor'>[],
): Promise<(actor: AuditActor) => string> {
  const ids = entries.flatMap(({ actor }) => (actor.kind === 'learner' ? [actor.id] : []));
  const names = await namesOf(learners, organisationId, ids);
  return ({ kind, id, tokenId }) => {
    if (kind === 'operator') return 'Learn Amp';
    const name = names.get(id) ?? SOMEBODY_GONE;
    return tokenId === undefined ? name : `${name}, by an API token`;
  };
}
