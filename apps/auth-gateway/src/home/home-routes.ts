import type { FastifyInstance } from 'fastify';
import type { ReadConflicts } from '../conflicts/conflict-list.ts';
import type { ReadRenames } from '../department-renames/rename-list.ts';
import type { HeldChangesReader } from '../held-changes/held-changes.ts';
import { returnPath } from '../hosts/return-path.ts';
import { sendPage } from '../pages/page.ts';
import type { ReadInvitations } from '../invitations/invitation-list.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { mayAdminister } from '../sessions/visitors.ts';
import type { Runs } from '../sync-runs/runs.ts';
import type { ReadWaitingRuns } from '../sync-runs/waiting-runs.ts';
import { type Administration, homePage, welcomePage } from './home-page.ts';
import { photoOf } from './photo-of.ts';
import { type ProfileDeps, readProfile } from './profile.ts';
import { sendPhoto } from './send-photo.ts';

export interface HomeDeps extends ProfileDeps {
  readonly arrivals: Arrivals;
  readonly runs: Runs;
  readonly readWaitingRuns: ReadWaitingRuns;
  readonly heldChanges: HeldChangesReader;
  readonly readConflicts: ReadConflicts;
  readonly readRenames: ReadRenames;
  readonly readInvitations: ReadInvitations;
  readonly clock: () => Date;
  readonly notified: boolean;
}

type Query = Readonly<Record<string, unknown>>;

/** An organisation's home page, and the photo on it. */
export function homeRoutes(server: FastifyInstance, deps: HomeDeps): void {
  server.get<{ Querystring: Query }>('/', async (request, reply) => {
    const { organisation, origin, visitor } = await deps.arrivals.of(request, reply);
    const { notice, returnTo } = request.query;
    if (!visitor) {
      const asked = { notice, returnTo: returnPath(returnTo, origin) };
      return sendPage(reply, 200, welcomePage(organisation, asked));
    }
    const profile = await readProfile(deps, visitor.learner);
    const administration = mayAdminister(visitor) ? await administrationOf(deps, organisation.id) : null;
    return sendPage(reply, 200, homePage({ organisation, profile, role: visitor.role, notice, administration }));
  });

  server.get('/me/photo', async (request, reply) => {
    const { visitor } = await deps.arrivals.signedIn(request, reply);
    return sendPhoto(request, reply, await photoOf(deps, visitor.learner));
  });
}

async function administrationOf(deps: HomeDeps, organisationId: string): Promise<Administration> {
  const { runs, readWaitingRuns, notified, heldChanges, readConflicts, readRenames, readInvitations, clock } = deps;
  const now = clock();
  const [latest, recent, waiting, held, conflicts, renames, invitations] = await Promise.all([
    runs.latest(organisationId),
    runs.recent(organisationId),
    readWaitingRuns(organisationId),
    heldChanges.of(organisationId),
    readConflicts(organisationId),
    readRenames(organisationId),
    readInvitations(organisationId),
  ]);
  return { sync: { latest, recent, waiting, notified }, held, conflicts, renames, invitations, now };
}
