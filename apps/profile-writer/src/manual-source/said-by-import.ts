import type { LearnerFields } from '@learnamp/contracts';
import type { ImportAction, LearnerDocument, ManualSource } from '@learnamp/learners';

/** The state of a manual source, apart from which one it is. */
export type SaidByHand = Omit<ManualSource, 'id' | 'version' | 'commandId'>;

/** What is said by hand after an import. What it keeps is as it was said before; of somebody new there is no before. */
export function saidByImport(action: ImportAction, stored: LearnerDocument | undefined): SaidByHand {
  const { employeeId = null, userPrincipalName = null, keeps = [] } = action;
  const before = stored?.sources.manual;
  const said: SaidByHand = { employeeId, userPrincipalName, active: action.active, fields: action.fields };
  const kept = (name: 'employeeId' | 'userPrincipalName' | 'active') =>
    before && keeps.includes(name) ? { [name]: before[name] } : {};
  const customFields = { ...(keeps.includes('customFields') ? before?.customFields : {}), ...action.customFields };
  return {
    ...{ ...said, ...kept('employeeId'), ...kept('userPrincipalName'), ...kept('active') },
    fields: before ? { ...action.fields, ...keptFields(before.fields, keeps) } : action.fields,
    ...(Object.keys(customFields).length > 0 ? { customFields } : {}),
  };
}

const keptFields = (fields: LearnerFields, keeps: readonly string[]): Partial<LearnerFields> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => keeps.includes(name)));
