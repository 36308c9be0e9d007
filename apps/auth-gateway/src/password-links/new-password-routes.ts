import type { Organisation } from '@learnamp/organisations';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { requireOwnPage } from '../hosts/own-page.ts';
import { isToken } from '../invitations/invitation-of.ts';
import { sendPage } from '../pages/page.ts';
import { admitByPassword, type AdmitByPasswordDeps } from '../passwords/admit-by-password.ts';
import { passwordComplaint } from '../passwords/password-rules.ts';
import { setPasswordByLink, type SetPasswordDeps } from '../passwords/set-password-by-link.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { clearCookie, readCookie, setCookie } from '../sessions/cookies.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import { deadLinkPage, newPasswordPage, passwordsOffPage } from './password-link-pages.ts';
import { type GoodLink, type PasswordLinkDeps, passwordLinkOf } from './password-link-of.ts';

export interface NewPasswordRoutesDeps extends PasswordLinkDeps, SetPasswordDeps, AdmitByPasswordDeps {
  readonly arrivals: Pick<Arrivals, 'organisationOf'>;
  readonly sessionStore: Pick<SessionStore, 'endOf'>;
}

const Text = Type.String({ maxLength: 1024 });
const Form = Type.Object({ password: Text, again: Text });
type PasswordRequest = FastifyRequest<{ Body: Static<typeof Form> }>;

const MINUTES = 10;

/**
 * Where a password link leads. Opening it uses nothing up, because mail filters open links too. The token leaves the
 * address at once, so that no page, history entry or Referer carries it on.
 */
export function newPasswordRoutes(server: FastifyInstance, deps: NewPasswordRoutesDeps): void {
  server.get<{ Querystring: Readonly<Record<string, unknown>> }>('/password/new', async (request, reply) => {
    const { organisation } = await deps.arrivals.organisationOf(request);
    const { token } = request.query;
    void reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');
    if (token !== undefined) {
      if (isToken(token)) setCookie(reply, 'newPassword', token, MINUTES * 60);
      else clearCookie(reply, 'newPassword');
      return reply.redirect('/password/new', 303);
    }
    const link = await passwordLinkOf(deps, organisation.id, readCookie(request, 'newPassword'));
    return link ? sendForm(reply, organisation, link) : sendDead(reply, organisation);
  });

  server.post('/password/new', { schema: { body: Form } }, async (request: PasswordRequest, reply) => {
    const { organisation, origin } = await deps.arrivals.organisationOf(request);
    requireOwnPage(request.headers, origin);
    const link = await passwordLinkOf(deps, organisation.id, readCookie(request, 'newPassword'));
    if (!link) return sendDead(reply, organisation);
    const { password, again } = request.body;
    const complaint =
      password === again
        ? passwordComplaint(password, link.learner.fields.email ?? '')
        : 'The two passwords are not the same.';
    return complaint === undefined
      ? choose(deps, organisation, link, request, reply)
      : sendForm(reply, organisation, link, complaint);
  });
}

function sendForm(reply: FastifyReply, organisation: Organisation, { learner }: GoodLink, complaint?: string) {
  if (!organisation.passwords.enabled) return sendPage(reply, 403, passwordsOffPage(organisation));
  const page = newPasswordPage(organisation, learner.fields.email ?? '', complaint);
  return sendPage(reply, complaint === undefined ? 200 : 422, page);
}

function sendDead(reply: FastifyReply, organisation: Organisation) {
  clearCookie(reply, 'newPassword');
  return sendPage(reply, 410, deadLinkPage(organisation));
}

/** Sets the password, ends whatever sessions there are, and signs in here. */
async function choose(
  deps: NewPasswordRoutesDeps,
  organisation: Organisation,
  { learner, tokenHash }: GoodLink,
  request: PasswordRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!organisation.passwords.enabled) return sendPage(reply, 403, passwordsOffPage(organisation));
  const about = { organisationId: organisation.id, learnerId: learner._id, tokenHash };
  if (!(await setPasswordByLink(deps, { ...about, password: request.body.password }))) {
    return sendDead(reply, organisation);
  }
  await deps.sessionStore.endOf(learner._id);
  clearCookie(reply, 'newPassword');
  await admitByPassword(deps, organisation, learner, request, reply);
  return reply.redirect('/', 303);
}
