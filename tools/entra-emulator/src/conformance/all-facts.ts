import type { FactGroup, LineWithoutFact } from './fact.ts';
import { entraGroups } from './facts/entra/entra-groups.ts';
import { errorFacts } from './facts/error-facts.ts';
import { expandFacts } from './facts/expand-facts.ts';
import { filterFacts } from './facts/filter-facts.ts';
import { getByIdsFacts } from './facts/get-by-ids-facts.ts';
import { indexLagFacts } from './facts/index-lag-facts.ts';
import { memberAccessFacts } from './facts/member-access-facts.ts';
import { memberFacts } from './facts/member-facts.ts';
import { memberPageFacts } from './facts/member-page-facts.ts';
import { notificationGroups } from './facts/notifications/notification-groups.ts';
import { photoFacts } from './facts/photo-facts.ts';
import { resultLimitFacts } from './facts/result-limit-facts.ts';
import { searchAndOrderFacts } from './facts/search-and-order-facts.ts';
import { deltaFacts } from './facts/delta-facts.ts';
import { deltaRowFacts } from './facts/delta-row-facts.ts';
import { deltaTokenFacts } from './facts/delta-token-facts.ts';
import { throttlingFacts } from './facts/throttling-facts.ts';
import { userAccessFacts } from './facts/user-access-facts.ts';
import { objectGroups } from './facts/objects/object-groups.ts';
import { userFacts } from './facts/user-facts.ts';

/** The whole table. */
export const allFacts: readonly FactGroup[] = [
  userFacts,
  userAccessFacts,
  photoFacts,
  memberFacts,
  memberPageFacts,
  memberAccessFacts,
  getByIdsFacts,
  indexLagFacts,
  resultLimitFacts,
  filterFacts,
  searchAndOrderFacts,
  expandFacts,
  errorFacts,
  ...objectGroups,
  deltaFacts,
  deltaRowFacts,
  deltaTokenFacts,
  throttlingFacts,
  ...notificationGroups,
  ...entraGroups,
];

/** Lines of the digest that state nothing a server could be asked about. */
export const linesWithoutFact: readonly LineWithoutFact[] = [];
