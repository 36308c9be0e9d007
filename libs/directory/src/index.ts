export { closure, pathTo, type Closure, type DirectMembers, type GroupTree } from './membership/group-tree.ts';
export { applyGroupChanges, type GroupChange, type MemberChange } from './membership/apply-group-changes.ts';
export { mapFields, mappedProperties, type DirectoryPerson, type MappedFields } from './mapping/learner-fields.ts';
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
