import type { LearnerDocument } from '@learnamp/learners';
import type { ShownField } from './person-view.ts';

type Fields = Readonly<Record<string, string | null>>;
type Sources = LearnerDocument['sources'];

/** What a learner shows, field by field, and by whose word. */
export function shownFieldsOf({ fields, customFields = {}, sources }: LearnerDocument): ShownField[] {
  const custom = { microsoft: sources.microsoft?.customFields, manual: sources.manual?.customFields };
  const standard = { microsoft: sources.microsoft?.fields, manual: sources.manual?.fields };
  return [
    ...Object.entries<string | null>(fields).map(([name, value]) => shown(sources, { name, value, said: standard })),
    ...Object.entries(customFields).map(([name, value]) => ({
      ...shown(sources, { name, value, said: custom }),
      field: `customFields.${name}`,
    })),
  ];
}

interface Said {
  readonly name: string;
  readonly value: string | null;
  readonly said: { readonly microsoft: Fields | undefined; readonly manual: Fields | undefined };
}

/**
 * Of somebody in scope it is the directory's word, of others that of whoever keeps them by hand, where that is what is shown.
 * What neither says any more was kept from the directory, which said it once.
 */
function shown({ microsoft, manual }: Sources, { name, value, said }: Said): ShownField {
  const says = (who: 'microsoft' | 'manual') => said[who]?.[name] === value;
  const inOrder = microsoft?.active === true ? (['microsoft', 'manual'] as const) : (['manual', 'microsoft'] as const);
  const from = value === null ? 'nobody' : (inOrder.find(says) ?? (microsoft || !manual ? 'microsoft' : 'manual'));
  return { field: name, value, from };
}
