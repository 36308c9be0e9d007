import type { LearnerDocument } from '@learnamp/learners';
import type { Organisation } from '@learnamp/organisations';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { admit, type AdmitDeps } from '../sign-in/admit.ts';
import type { KnownBrowsers } from './known-browsers.ts';

export interface AdmitByPasswordDeps extends AdmitDeps {
  readonly knownBrowsers: KnownBrowsers;
}

/** Lets somebody in who has shown a password, and knows their browser from now on. */
export async function admitByPassword(
  deps: AdmitByPasswordDeps,
  organisation: Organisation,
  learner: LearnerDocument,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  await deps.knownBrowsers.remember(request, reply, learner._id);
  await admit(deps, organisation, learner, request, reply);
}
