import type { LearnerDocument } from '@learnamp/learners';
import type { SessionDocument } from './session-model.ts';

/** What a session is checked against, read anew for each request. */
export interface SessionFacts {
  readonly session: SessionDocument;
  readonly learner: LearnerDocument | null;
  readonly organisationId: string;
  readonly now: Date;
}

type Check = (facts: SessionFacts) => boolean;

const ofThisOrganisation: Check = ({ session, organisationId }) => session.organisationId === organisationId;

const notEnded: Check = ({ session }) => session.revokedAt === null;

const notExpired: Check = ({ session, now }) => session.expiresAt > now;

const learnerIsOfThisOrganisation: Check = ({ learner, organisationId }) => learner?.organisationId === organisationId;

const learnerIsActive: Check = ({ learner }) => learner?.active === true;

const learnerIsUnchanged: Check = ({ session, learner }) => learner?.sessionVersion === session.sessionVersion;

const checks: Readonly<Record<string, Check>> = {
  ofThisOrganisation,
  notEnded,
  notExpired,
  learnerIsOfThisOrganisation,
  learnerIsActive,
  learnerIsUnchanged,
};

/** The name of the first check that the session fails; undefined for a session that is good. */
export function failingCheck(facts: SessionFacts): string | undefined {
  return Object.entries(checks).find(([, passes]) => !passes(facts))?.[0];
}
