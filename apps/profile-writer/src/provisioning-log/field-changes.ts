import type { CustomFields, LearnerFields, UserState } from '@learnamp/contracts';
import type { FieldChange, LearnerDocument } from '@learnamp/learners';
import type { ShownFields } from '../apply-user-states/shown-fields.ts';

type Shown = Readonly<Record<string, string | boolean | null>>;

/** What an active state changes of what is shown of its learner; of a new learner, everything that is not empty. */
export function fieldChanges(
  known: LearnerDocument | undefined,
  state: UserState,
  { fields, customFields }: Pick<ShownFields, 'fields' | 'customFields'>,
): FieldChange[] {
  const before: Shown = known ? shownBefore(known) : {};
  const after: Shown = {
    active: state.active,
    ...fields,
    ...namedAsCustom(customFields),
    userPrincipalName: state.userPrincipalName,
    userType: state.userType,
    ...(state.managerId === undefined ? {} : { manager: state.managerId }),
  };
  return differences(before, after);
}

/** What of the fields that a learner shows is going to be other than it is. */
export const shownChanges = (
  known: Pick<LearnerDocument, 'fields' | 'customFields'>,
  { fields, customFields }: Pick<ShownFields, 'fields' | 'customFields'>,
): FieldChange[] =>
  differences(
    { ...known.fields, ...namedAsCustom(known.customFields ?? {}) },
    { ...fields, ...namedAsCustom(customFields) },
  );

const differences = (before: Shown, after: Shown): FieldChange[] =>
  Object.entries(after).flatMap(([field, value]) => {
    const old = before[field] ?? null;
    return old === value ? [] : [{ field, old, new: value }];
  });

function shownBefore({ active, fields, customFields = {}, manager, sources: { microsoft } }: LearnerDocument): Shown {
  return {
    active,
    ...(fields satisfies LearnerFields),
    ...namedAsCustom(customFields),
    userPrincipalName: microsoft?.userPrincipalName ?? null,
    userType: microsoft?.userType ?? null,
    manager: manager?.personId ?? null,
  };
}

/** By the names that rules have for them, so that none is taken for a standard field. */
const namedAsCustom = (fields: CustomFields): Shown =>
  Object.fromEntries(Object.entries(fields).map(([id, value]) => [`customFields.${id}`, value]));
