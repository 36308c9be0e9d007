import type { LearnerFields, UserState } from '@learnamp/contracts';
import type { FieldChange, LearnerDocument } from '@learnamp/learners';

type Shown = Readonly<Record<string, string | boolean | null>>;

/** What an active state changes of what is shown of its learner; of a new learner, everything that is not empty. */
export function fieldChanges(known: LearnerDocument | undefined, state: UserState): FieldChange[] {
  const before: Shown = known ? shownBefore(known) : {};
  const after: Shown = {
    active: state.active,
    ...state.fields,
    userPrincipalName: state.userPrincipalName,
    userType: state.userType,
    manager: state.managerId,
  };
  return Object.entries(after).flatMap(([field, value]) => {
    const old = before[field] ?? null;
    return old === value ? [] : [{ field, old, new: value }];
  });
}

function shownBefore({ active, fields, manager, sources: { microsoft } }: LearnerDocument): Shown {
  return {
    active,
    ...(fields satisfies LearnerFields),
    userPrincipalName: microsoft?.userPrincipalName ?? null,
    userType: microsoft?.userType ?? null,
    manager: manager?.personId ?? null,
  };
}
