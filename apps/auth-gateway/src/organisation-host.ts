import type { FastifyInstance } from 'fastify';
import { administrationRoutes } from './administration-routes.ts';
import { createTokenCallers } from './api-tokens/token-callers.ts';
import { consoleRoutes } from './console/console-routes.ts';
import { createReadConflicts } from './conflicts/conflict-list.ts';
import { createReadRenames } from './department-renames/rename-list.ts';
import { createHeldChanges } from './held-changes/held-changes.ts';
import { homeRoutes } from './home/home-routes.ts';
import { takeIdempotencyKeys } from './idempotency/idempotency-keys.ts';
import { createKeptAnswers } from './idempotency/kept-answers.ts';
import { firstPasswordRoutes } from './invitations/first-password-routes.ts';
import { createReadInvitations } from './invitations/invitation-list.ts';
import { invitationRoutes } from './invitations/invitation-routes.ts';
import { meRoutes } from './me/me-routes.ts';
import { openApiRoutes } from './openapi/open-api.ts';
import { ownPhotoRoutes } from './own-photo/own-photo-routes.ts';
import type { Parts } from './parts.ts';
import { forgottenRoutes } from './password-links/forgotten-routes.ts';
import { newPasswordRoutes } from './password-links/new-password-routes.ts';
import { createAttempts } from './passwords/attempts.ts';
import { createKnownBrowsers } from './passwords/known-browsers.ts';
import { passwordSignInRoutes } from './passwords/password-sign-in-routes.ts';
import { limitApi } from './rate-limits/rate-limits.ts';
import { createArrivals } from './sessions/arrivals.ts';
import { sessionRoutes } from './sessions/session-routes.ts';
import { signOutRoutes } from './sessions/sign-out-routes.ts';
import { createVisitors } from './sessions/visitors.ts';
import { completeRoutes } from './sign-in/complete-routes.ts';
import { signInTestRoutes } from './sign-in/sign-in-test-routes.ts';
import { startRoutes } from './sign-in/start-routes.ts';
import { createRuns } from './sync-runs/runs.ts';
import { createReadWaitingRuns } from './sync-runs/waiting-runs.ts';

/** What the routes of an organisation's host are made of. */
export type HomeParts = ReturnType<typeof homePartsOf>;

/** `runModel` has the documents of runs, where `runs` reads them as people are shown them. */
function homePartsOf(parts: Parts) {
  const { settings, sessionStore } = parts;
  const visitors = createVisitors({ ...parts, sessions: sessionStore });
  return {
    ...parts,
    ...{ visitors, runModel: parts.runs, notified: settings.notified, clientId: settings.clientId },
    arrivals: createArrivals({ ...parts, visitors, tokenCallers: createTokenCallers(parts) }),
    runs: createRuns(parts.runs, parts.learners),
    readWaitingRuns: createReadWaitingRuns(parts.workRecords, parts.learners),
    heldChanges: createHeldChanges(parts.heldSets, parts.personRecords),
    readInvitations: createReadInvitations(parts),
    readConflicts: createReadConflicts(parts.conflicts, parts.learners),
    readRenames: createReadRenames(parts.renameOffers),
  };
}

/** Everything at an organisation's own host: for strangers, for learners, and for who administers it. */
export function organisationRoutes(home: FastifyInstance, shared: Parts, consolePage: string | null): void {
  limitApi(home, shared.settings.apiLimits);
  const parts = homePartsOf(shared);
  const keptAnswers = createKeptAnswers(parts.keptAnswers, parts.clock);
  takeIdempotencyKeys(home, { ...parts, keptAnswers });
  homeRoutes(home, parts);
  meRoutes(home, parts);
  if (consolePage) consoleRoutes(home, { arrivals: parts.arrivals, page: consolePage });
  startRoutes(home, parts);
  signInTestRoutes(home, parts);
  completeRoutes(home, parts);
  passwordRoutes(home, parts);
  signOutRoutes(home, parts);
  sessionRoutes(home, { arrivals: parts.arrivals, sessions: parts.sessionStore });
  invitationRoutes(home, parts);
  ownPhotoRoutes(home, parts);
  openApiRoutes(home);
  administrationRoutes(home, parts);
}

function passwordRoutes(home: FastifyInstance, parts: HomeParts): void {
  const attempts = createAttempts(parts.passwordAttempts, parts.clock, 'sign-in');
  const linkAttempts = createAttempts(parts.passwordAttempts, parts.clock, 'password-link');
  const knownBrowsers = createKnownBrowsers(parts.knownBrowserDocuments, parts.clock);
  passwordSignInRoutes(home, { ...parts, attempts, knownBrowsers });
  firstPasswordRoutes(home, { ...parts, knownBrowsers });
  forgottenRoutes(home, { ...parts, linkAttempts });
  newPasswordRoutes(home, { ...parts, knownBrowsers });
}
