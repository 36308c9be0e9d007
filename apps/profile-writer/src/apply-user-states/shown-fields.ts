import type { CustomFields, FieldRules, LearnerFields, UserState } from '@learnamp/contracts';
import type { LearnerDocument } from '@learnamp/learners';

/** What a learner shows, and what is to be remembered for the next state. */
export interface ShownFields {
  readonly fields: LearnerFields;
  readonly customFields: CustomFields;
  /** Fields of "create only" whose first value is still to come. */
  readonly awaitedFields: readonly string[];
}

const simply: FieldRules = { createOnly: [], keptWhenEmpty: [], unreadable: [] };

/**
 * What is shown of a learner after an active state, by the rules that the state carries; `known` is the learner before,
 * undefined of a new one. Custom fields that the state doesn't name are left as they are: they are not mapped.
 */
export function shownFields(known: LearnerDocument | undefined, state: UserState): ShownFields {
  const { createOnly, keptWhenEmpty, unreadable } = state.fieldRules ?? simply;
  const awaitedBefore = known ? (known.sources.microsoft?.awaitedFields ?? []) : createOnly;
  const isKept = (field: string, said: string | null) =>
    unreadable.includes(field) ||
    (said === null && keptWhenEmpty.includes(field)) ||
    (createOnly.includes(field) && !awaitedBefore.includes(field));
  const after = <Fields extends object>(said: Fields, before: Partial<Fields> = {}, prefix = ''): Fields =>
    Object.fromEntries(
      Object.entries(said).map(([name, value]: [string, string | null]) => {
        const old = Object.hasOwn(before, name) ? before[name as keyof Fields] : null;
        return [name, isKept(`${prefix}${name}`, value) ? old : value];
      }),
    ) as Fields;
  return {
    fields: after(state.fields, known?.fields),
    customFields: { ...known?.customFields, ...after(state.customFields ?? {}, known?.customFields, 'customFields.') },
    awaitedFields: createOnly.filter((field) => awaitedBefore.includes(field) && unreadable.includes(field)),
  };
}
