import type { OutcomeRowDocument, ProvisioningLogDocument } from '@learnamp/learners';
import { conflictReasons } from '../conflicts/conflict-section.ts';
import { causes } from '../records/provisioning-log-list.ts';

interface Told extends Pick<OutcomeRowDocument, 'outcome'> {
  readonly planned: OutcomeRowDocument['planned'] | undefined;
  readonly entry: ProvisioningLogDocument | undefined;
}

// The reason of a conflict is its kind.
const questions: Readonly<Record<string, string | undefined>> = conflictReasons;

/** Why somebody is removed, stays, or waits, in words; null where there is nothing to explain. */
export function reasonOf({ outcome, planned, entry }: Told): string | null {
  const said = planned?.reason ?? null;
  if (outcome === 'conflict' && said !== null) return questions[said] ?? said;
  if (said !== null) return said;
  if (entry?.action === 'kept') return 'Nobody else would be an active Owner.';
  const removal = planned?.removal ?? entry?.removal;
  return removal ? `${sentence(causes[removal.cause])} (${removal.proof})` : null;
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
