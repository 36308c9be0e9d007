import type { DirectoryAnswer } from '@learnamp/sync-state';
import Type, { type Static } from 'typebox';

const text = Type.String();
const orNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const named = { id: text, displayName: orNull(text) };
const Row = Type.Object({ ...named, depth: Type.Integer(), people: Type.Integer(), groups: Type.Integer() });

/** A group with what is nested in it, as it is shown. */
export const ShownGroup = Type.Object({
  ...named,
  people: Type.Integer(),
  nested: Type.Integer(),
  tree: Type.Array(Row),
});

/** What the directory said, as administrators are told it. */
export const AnswerView = Type.Object({
  at: Type.String({ format: 'date-time' }),
  question: text,
  lookUp: orNull(text),
  group: orNull(ShownGroup),
  groups: Type.Array(Type.Object(named)),
  permissions: Type.Array(Type.Object({ name: text, state: text, stops: text })),
  problem: orNull(text),
});
export type AnswerView = Static<typeof AnswerView>;

export function answerViewOf({
  at,
  question,
  lookUp,
  group,
  groups,
  permissions,
  problem,
}: DirectoryAnswer): AnswerView {
  return {
    ...{ at: at.toISOString(), question, lookUp, problem },
    group: group && { ...group, tree: [...group.tree] },
    groups: [...groups],
    permissions: [...permissions],
  };
}
