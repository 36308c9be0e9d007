import type { FactGroup } from '../../fact.ts';
import { administratorFacts } from './administrator-facts.ts';
import { batchFacts } from './batch-facts.ts';
import { deletedItemFacts } from './deleted-item-facts.ts';
import { directoryObjectFacts } from './directory-object-facts.ts';
import { groupChangeFacts } from './group-change-facts.ts';
import { groupCreationFacts } from './group-creation-facts.ts';
import { managerWriteFacts } from './manager-write-facts.ts';
import { memberWriteFacts, ownerWriteFacts } from './member-write-facts.ts';
import { notEmulatedFacts } from './not-emulated-facts.ts';
import { describedPhotoFacts, photoWriteFacts } from './photo-write-facts.ts';
import { userChangeFacts } from './user-change-facts.ts';
import { userCreationFacts } from './user-creation-facts.ts';
import { userValueFacts } from './user-value-facts.ts';

/** Objects read one by one and written, in batches too, and what is not emulated. */
export const objectGroups: readonly FactGroup[] = [
  userCreationFacts,
  userValueFacts,
  userChangeFacts,
  administratorFacts,
  managerWriteFacts,
  groupCreationFacts,
  groupChangeFacts,
  memberWriteFacts,
  ownerWriteFacts,
  photoWriteFacts,
  describedPhotoFacts,
  deletedItemFacts,
  directoryObjectFacts,
  batchFacts,
  notEmulatedFacts,
];
