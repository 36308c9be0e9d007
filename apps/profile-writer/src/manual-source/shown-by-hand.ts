import type { CustomFields, LearnerFields } from '@learnamp/contracts';
import type { LearnerDocument } from '@learnamp/learners';
import { noFields } from '../apply-user-states/no-fields.ts';

/**
 * What a learner shows who isn't in the directory's scope: what was said by hand. What the directory said last stays
 * where nothing was said by hand, so that nobody who leaves the group loses a department.
 */
export function shownByHand({
  fields,
  customFields,
  sources: { microsoft, manual },
}: Pick<LearnerDocument, 'fields' | 'customFields' | 'sources'>): {
  readonly fields: LearnerFields;
  readonly customFields: CustomFields;
} {
  const last = microsoft ? fields : noFields;
  const said = Object.entries(manual?.fields ?? {}).filter(([, value]) => value !== null);
  return {
    fields: { ...last, ...Object.fromEntries(said) },
    customFields: { ...(microsoft ? customFields : {}), ...manual?.customFields },
  };
}
