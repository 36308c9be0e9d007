import type { Part } from '../person/search.ts';
import { topics } from '@learnamp/contracts';
import type { ShownRecord } from '../topics/shown-record.ts';
import { isErasureCommand } from './forget-in-topics.ts';

// Who did what is kept by a learner's id, which says nothing any more; and that somebody was erased, by a hash.
const KEPT = ['auditLog', 'erasures'];

/**
 * What should have gone and is there. Not what a compacted topic still has before an empty record of its key, nor what only
 * names them: the groups that the directory has them in, and whom it calls whose manager.
 */
export function leftOver(parts: readonly Part[]): Part[] {
  return parts
    .filter(({ name }) => !KEPT.includes(name))
    .map((part) => ({ ...part, about: part.store === 'topic' ? leftInTopic(part) : part.about }))
    .filter(({ about }) => about.length > 0);
}

function leftInTopic({ name, about }: Part): readonly unknown[] {
  const records = about as readonly (ShownRecord & { readonly superseded?: true })[];
  if (name === topics.learnerCommands.name) return records.filter(({ data }) => !isErasureCommand(data));
  return records.filter(({ type, superseded }) => type !== 'tombstone' && !superseded);
}
