export { closure, pathTo, type Closure, type DirectMembers, type GroupTree } from './membership/group-tree.ts';
export { applyGroupChanges, type GroupChange, type MemberChange } from './membership/apply-group-changes.ts';
export { mapFields, mappedProperties, type DirectoryPerson, type MappedFields } from './mapping/learner-fields.ts';
export { hashOf, removedState, wantedState, type Removal, type WantedState } from './wanted/wanted-state.ts';
export { decidePerson, type Decision, type KnownState } from './wanted/decide-person.ts';
export { proveLeft, type MembershipCheck } from './removal/prove-left.ts';
export {
  defaultRemovalLimits,
  exceedsLimits,
  judgeRemovals,
  type Judgement,
  type RemovalLimits,
  type RemovalQuestion,
  type Verdict,
} from './removal/judge-removals.ts';
export { proveDeleted, type DeletionReadings } from './removal/prove-deleted.ts';
