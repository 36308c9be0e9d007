import type { ConflictCandidate, ConflictKind } from '@learnamp/learners';
import { type Facts, learnerNamed, personNamed } from './facts.ts';

const inCommon: Readonly<Record<ConflictCandidate['by'][number], string>> = {
  objectId: 'object id',
  employeeId: 'employee id',
  userPrincipalName: 'user principal name',
  email: 'email',
};

const reasons: Readonly<Record<ConflictKind, string>> = {
  'ambiguous-match': 'which of them is not certain',
  'duplicate-email': 'two learners can’t have one address',
  'live-link-elsewhere': 'that learner is linked to another account, which is active',
  rehire: 'that learner left, or was told apart from them',
};

/** That the person waits in the conflict inbox, or was left out there: nobody but a person can say who they are. */
export function conflictCause(facts: Facts): string | undefined {
  const { conflict } = facts;
  if (!conflict) return undefined;
  const name = personNamed(facts);
  const alike = `${name} is alike ${alikeIn(facts)}`;
  if (conflict.state === 'ignored') {
    return `${alike}, and is left out by the answer of ${conflict.answer?.by ?? 'somebody'} in the conflict inbox`;
  }
  return `${alike}: ${reasons[conflict.kind]}; an Owner or Admin must say in the conflict inbox who they are`;
}

function alikeIn({ conflict, candidates }: Facts): string {
  const named = new Map(candidates.map((learner) => [learner._id, learnerNamed(learner)]));
  const each = conflict?.candidates.map(({ learnerId, by }) => {
    const shared = by.map((what) => inCommon[what]).join(' and ');
    return `the learner ${named.get(learnerId) ?? learnerId} by ${shared}`;
  });
  return each?.join(', and ') ?? '';
}
