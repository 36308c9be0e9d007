import type { LearnerDocument } from '@learnamp/learners';
import { mayUsePassword, type Organisation, passwordAccessOf } from '@learnamp/organisations';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireOwnPage } from '../hosts/own-page.ts';
import { admitByPassword, type AdmitByPasswordDeps } from '../passwords/admit-by-password.ts';
import { NewPassword, newPasswordComplaint } from '../passwords/new-password.ts';
import { setPasswordByLink, type SetPasswordDeps } from '../passwords/set-password-by-link.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { readCookie } from '../sessions/cookies.ts';
import { type InvitationLinksDeps, type Link, linkOf } from './invitation-of.ts';
import { sendInvitationPage } from './invitation-page.ts';

export interface FirstPasswordDeps extends InvitationLinksDeps, SetPasswordDeps, AdmitByPasswordDeps {
  readonly arrivals: Pick<Arrivals, 'organisationOf'>;
}

type PasswordRequest = FastifyRequest<{ Body: NewPassword }>;

/** Setting a first password by an invitation: the person is signed in afterwards, and the invitation is used up. */
export function firstPasswordRoutes(server: FastifyInstance, deps: FirstPasswordDeps): void {
  server.post('/invitation/password', { schema: { body: NewPassword } }, async (request: PasswordRequest, reply) => {
    const { organisation, origin } = await deps.arrivals.organisationOf(request);
    requireOwnPage(request.headers, origin);
    const link = await linkOf(deps, organisation.id, readCookie(request, 'invitation'));
    if (link.state !== 'good') return sendInvitationPage(reply, organisation, link);
    const complaint = complaintAbout(organisation, link.learner, request.body);
    if (complaint !== undefined) return sendInvitationPage(reply, organisation, link, complaint);
    return redeem(deps, organisation, link, request, reply);
  });
}

function complaintAbout(organisation: Organisation, { _id, fields: { email } }: LearnerDocument, form: NewPassword) {
  if (!mayUsePassword(passwordAccessOf(organisation), _id) || email === null) return 'A password can not be set here.';
  return newPasswordComplaint(form, email);
}

async function redeem(
  deps: FirstPasswordDeps,
  organisation: Organisation,
  { learner, tokenHash }: Extract<Link, { state: 'good' }>,
  request: PasswordRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const about = { organisationId: organisation.id, learnerId: learner._id, tokenHash };
  const isSet = await setPasswordByLink(deps, { ...about, password: request.body.password });
  if (!isSet) return sendInvitationPage(reply, organisation, { state: 'used' });
  await admitByPassword(deps, organisation, learner, request, reply);
  return reply.redirect('/', 303);
}
