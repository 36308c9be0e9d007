import { mayUsePassword, type Organisation, passwordAccessOf } from '@learnamp/organisations';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireOwnPage } from '../hosts/own-page.ts';
import { sendPage } from '../pages/page.ts';
import { admitByPassword, type AdmitByPasswordDeps } from '../passwords/admit-by-password.ts';
import { NewPassword, newPasswordComplaint } from '../passwords/new-password.ts';
import { setPasswordByLink, type SetPasswordDeps } from '../passwords/set-password-by-link.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { clearCookie, readCookie } from '../sessions/cookies.ts';
import { takeLinkToken } from '../sessions/link-token.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { deadLinkPage, newPasswordPage, passwordsOffPage } from './password-link-pages.ts';
import { type GoodLink, type PasswordLinkDeps, passwordLinkOf } from './password-link-of.ts';

export interface NewPasswordRoutesDeps extends PasswordLinkDeps, SetPasswordDeps, AdmitByPasswordDeps {
  readonly arrivals: Pick<Arrivals, 'organisationOf'>;
  readonly sessionStore: Pick<SessionStore, 'endOf'>;
}

type PasswordRequest = FastifyRequest<{ Body: NewPassword }>;

/** Where a password link leads. Opening it uses nothing up, because mail filters open links too. */
export function newPasswordRoutes(server: FastifyInstance, deps: NewPasswordRoutesDeps): void {
  server.get<{ Querystring: Readonly<Record<string, unknown>> }>('/password/new', async (request, reply) => {
    const { organisation } = await deps.arrivals.organisationOf(request);
    const { token } = request.query;
    if (token !== undefined) return takeLinkToken(reply, 'newPassword', token, '/password/new');
    const link = await passwordLinkOf(deps, organisation.id, readCookie(request, 'newPassword'));
    return link ? sendForm(reply, organisation, link) : sendDead(reply, organisation);
  });

  server.post('/password/new', { schema: { body: NewPassword } }, async (request: PasswordRequest, reply) => {
    const { organisation, origin } = await deps.arrivals.organisationOf(request);
    requireOwnPage(request.headers, origin);
    const link = await passwordLinkOf(deps, organisation.id, readCookie(request, 'newPassword'));
    if (!link) return sendDead(reply, organisation);
    const complaint = newPasswordComplaint(request.body, link.learner.fields.email ?? '');
    return complaint === undefined
      ? choose(deps, organisation, link, request, reply)
      : sendForm(reply, organisation, link, complaint);
  });
}

function sendForm(reply: FastifyReply, organisation: Organisation, { learner }: GoodLink, complaint?: string) {
  if (!mayChoose(organisation, learner._id)) return sendPage(reply, 403, passwordsOffPage(organisation));
  const page = newPasswordPage(organisation, learner.fields.email ?? '', complaint);
  return sendPage(reply, complaint === undefined ? 200 : 422, page);
}

function sendDead(reply: FastifyReply, organisation: Organisation) {
  clearCookie(reply, 'newPassword');
  return sendPage(reply, 410, deadLinkPage(organisation));
}

const mayChoose = (organisation: Organisation, learnerId: string) =>
  mayUsePassword(passwordAccessOf(organisation), learnerId);

/** Sets the password, ends whatever sessions there are, and signs in here. */
async function choose(
  deps: NewPasswordRoutesDeps,
  organisation: Organisation,
  { learner, tokenHash }: GoodLink,
  request: PasswordRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!mayChoose(organisation, learner._id)) return sendPage(reply, 403, passwordsOffPage(organisation));
  const about = { organisationId: organisation.id, learnerId: learner._id, tokenHash };
  if (!(await setPasswordByLink(deps, { ...about, password: request.body.password }))) {
    return sendDead(reply, organisation);
  }
  await deps.sessionStore.endOf(learner._id);
  clearCookie(reply, 'newPassword');
  await admitByPassword(deps, organisation, learner, request, reply);
  return reply.redirect('/', 303);
}
