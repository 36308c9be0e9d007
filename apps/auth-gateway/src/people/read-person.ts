import type { LearnerDocument, ProvisioningLogDocument } from '@learnamp/learners';
import type { Roles } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import type { PhotoDeps } from '../home/photo-of.ts';
import { photosShown } from '../home/photos-shown.ts';
import { nameOf } from '../home/profile.ts';
import { openSessionOf } from '../sessions/session-list.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { SignInTraces } from '../sign-in-traces/sign-in-traces.ts';
import { type AroundPersonDeps, invitationOf, managerOf, primaryTeamOf, reportsOf, teamsOf } from './around-person.ts';
import { sourceOf, userPrincipalNameOf } from './person-row.ts';
import type { PersonView } from './person-view.ts';
import { shownFieldsOf } from './shown-fields.ts';
import { whyRemoved } from './why-removed.ts';

export interface ReadPersonDeps extends AroundPersonDeps, PhotoDeps {
  readonly provisioningLog: Model<ProvisioningLogDocument>;
  readonly roles: Roles;
  readonly sessionStore: Pick<SessionStore, 'openOf'>;
  readonly traces: Pick<SignInTraces, 'ofLearner'>;
}

/** Everything that is shown of a learner, read side by side. */
export async function readPerson(deps: ReadPersonDeps, learner: LearnerDocument): Promise<PersonView> {
  const { _id: learnerId, organisationId } = learner;
  const [photos, role, team, teams, manager, reports, invitation, removal, sessions, signIns] = await Promise.all([
    photosShown(deps, organisationId, [learner]),
    deps.roles.roleOf(organisationId, learnerId),
    primaryTeamOf(deps, learner),
    teamsOf(deps, learner),
    managerOf(deps, learner),
    reportsOf(deps, learner),
    invitationOf(deps, learner),
    whyRemoved(deps.provisioningLog, learner),
    deps.sessionStore.openOf(learnerId),
    deps.traces.ofLearner(organisationId, learnerId),
  ]);
  return {
    ...saidOf(learner),
    ...{ photo: photos.get(learnerId) ?? null, role, team, teams, manager, reports, invitation, removal },
    sessions: sessions.map(openSessionOf),
    signIns: signIns.map(({ _id: reference, at, refusal }) => ({ reference, at: at.toISOString(), refusal })),
  };
}

/** What is on the learner itself. */
const saidOf = (learner: LearnerDocument) => ({
  learnerId: learner._id,
  name: nameOf(learner),
  active: learner.active,
  email: learner.fields.email,
  userPrincipalName: userPrincipalNameOf(learner),
  personId: learner.sources.microsoft?.personId ?? null,
  source: sourceOf(learner),
  createdAt: learner.createdAt.toISOString(),
  joinedAt: learner.joinedAt?.toISOString() ?? null,
  isKeptAsLastOwner: learner.keptAsLastOwner === true,
  fields: shownFieldsOf(learner),
  formerLinks: (learner.formerLinks ?? []).map(({ userPrincipalName, ended }) => ({ userPrincipalName, ended })),
});
