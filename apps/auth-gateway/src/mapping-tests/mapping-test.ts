import { type FieldMapping, isPropertyName, type MappingRule, rulesOf } from '@learnamp/directory';
import type { LearnerDocument } from '@learnamp/learners';
import type { Inspection } from '@learnamp/sync-state';
import Type, { type Static } from 'typebox';

const orNull = Type.Union([Type.String(), Type.Null()]);

export const MappingTest = Type.Object({
  /** As the directory has them now; null where it has nobody of that name, or has not answered. */
  person: Type.Union([Type.Object({ id: Type.String(), name: Type.String() }), Type.Null()]),
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      /** A property of Graph's user, or an expression. */
      from: Type.String(),
      /** What the rule comes to; null where that is nothing, or can't be read. */
      value: orNull,
      /** Why it can't be read, or why the learner would show something else. */
      note: orNull,
      /** What the learner shows now; null where it is empty, or the person is no learner. */
      now: orNull,
    }),
  ),
  /** Why there is nothing to show, in one sentence. */
  problem: orNull,
});
export type MappingTest = Static<typeof MappingTest>;

export const nothing = (problem: string): MappingTest => ({ person: null, fields: [], problem });

/** What a mapping makes of a person, beside what their learner shows. Pure. */
export function mappingTest(
  { rules }: FieldMapping,
  { person, fields, problem, lookUp }: Inspection,
  learner: LearnerDocument | null,
): MappingTest {
  if (!person) return nothing(problem ?? `There is nobody ${JSON.stringify(lookUp)} in the directory.`);
  const read = new Map(fields.map((one) => [one.field, one]));
  const { id, displayName, userPrincipalName } = person;
  return {
    person: { id, name: displayName ?? userPrincipalName },
    fields: rulesOf({ rules }).flatMap((rule) => {
      const found = read.get(rule.field);
      if (!found) return [];
      const now = shownIn(learner, rule.field);
      const note = found.problem ?? noteOf(rule, found.value, now);
      return [{ field: rule.field, from: rule.from, value: found.value, note, now }];
    }),
    problem,
  };
}

function noteOf({ from, apply, onEmpty }: MappingRule, value: string | null, now: string | null): string | null {
  if (apply === 'create only' && now !== null && now !== value) {
    return 'The rule says "create only": the learner keeps what they show now.';
  }
  if (value !== null) return null;
  const what = isPropertyName(from) ? from : 'What the expression comes to';
  return onEmpty === 'keep'
    ? `${what} is empty in Entra; the learner keeps what they show now.`
    : `${what} is empty in Entra.`;
}

const CUSTOM = 'customFields.';

function shownIn(learner: LearnerDocument | null, field: string): string | null {
  const shown: object = field.startsWith(CUSTOM) ? (learner?.customFields ?? {}) : (learner?.fields ?? {});
  const found = Object.entries(shown).find(([name]) => name === field.replace(CUSTOM, ''));
  return typeof found?.[1] === 'string' ? found[1] : null;
}
