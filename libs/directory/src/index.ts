export {
  closure,
  pathsFrom,
  pathTo,
  sameMembers,
  treeRows,
  type Closure,
  type DirectMembers,
  type GroupTree,
  type PathOf,
  type TreeRow,
} from './membership/group-tree.ts';
export { type BelievedList, believeList, type ListReading, type Shortage } from './membership/believe-list.ts';
export {
  departmentRenames,
  FEWEST_MOVED,
  type DepartmentMove,
  type DepartmentRename,
} from './departments/department-renames.ts';
export { applyGroupChanges, type GroupChange, type MemberChange } from './membership/apply-group-changes.ts';
export {
  mappedProperties,
  type DirectoryPerson,
  type MappedFields,
  type StandardField,
} from './mapping/learner-fields.ts';
export {
  defaultRules,
  expressionsOf,
  isPropertyName,
  noMapping,
  rulesOf,
  type CustomField,
  type FieldMapping,
  type MappingRule,
} from './mapping/mapping-rule.ts';
export {
  mapFields,
  type Evaluated,
  type Evaluator,
  type FieldProblem,
  type FieldRules,
  type MappedPerson,
} from './mapping/map-fields.ts';
export { CUSTOM_FIELD_LENGTH, fieldLengths } from './mapping/field-text.ts';
export { selectableProperties, selectionProblem } from './mapping/selectable-properties.ts';
export { mappingProblems, type ExpressionReader } from './mapping/check-mapping.ts';
export { hashOf, removedState, wantedState, type Removal, type WantedState } from './wanted/wanted-state.ts';
export { decidePerson, type Decision, type KnownState, type Switches } from './wanted/decide-person.ts';
export { proveLeft, type MembershipCheck } from './removal/prove-left.ts';
export { proveDeleted, type DeletionReadings } from './removal/prove-deleted.ts';
export {
  defaultLimits,
  exceedsLimits,
  judgeChanges,
  type ChangeLimits,
  type ChangeQuestion,
  type Direction,
  type Judgement,
  type Verdict,
} from './limits/judge-changes.ts';
export { addressKey, employeeKey } from './people-list/match-keys.ts';
export type { ListColumn } from './people-list/columns.ts';
export type { ListedPerson } from './people-list/read-person.ts';
export { listLimits, readPeopleList, type ListRow, type PeopleList } from './people-list/read-people-list.ts';
