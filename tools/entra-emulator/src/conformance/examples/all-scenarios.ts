import type { ForeignExample, Scenario } from './scenario.ts';
import { batchScenarios } from './scenarios/batch.ts';
import { assertionScenarios } from './scenarios/client-assertion.ts';
import { consentScenarios } from './scenarios/consent.ts';
import { groupDeltaScenarios } from './scenarios/delta-groups.ts';
import { userDeltaScenarios } from './scenarios/delta-users.ts';
import { errorScenarios } from './scenarios/errors.ts';
import { identityScenarios } from './scenarios/identity.ts';
import { lifecycleScenarios } from './scenarios/lifecycle.ts';
import { memberScenarios } from './scenarios/members.ts';
import { notificationScenarios } from './scenarios/notifications.ts';
import { photoScenarios } from './scenarios/photos.ts';
import { subscriptionScenarios } from './scenarios/subscriptions.ts';
import { userScenarios } from './scenarios/users.ts';

/** How every example comes about, or why it can't. */
export const allScenarios: readonly (Scenario | ForeignExample)[] = [
  ...batchScenarios,
  ...userDeltaScenarios,
  ...groupDeltaScenarios,
  ...errorScenarios,
  ...assertionScenarios,
  ...consentScenarios,
  ...identityScenarios,
  ...lifecycleScenarios,
  ...memberScenarios,
  ...notificationScenarios,
  ...photoScenarios,
  ...subscriptionScenarios,
  ...userScenarios,
];
