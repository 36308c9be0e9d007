import type { Bus } from '@learnamp/bus';
import { type Organisation, passwordAccessOf } from '@learnamp/organisations';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { requireOwnPage } from '../hosts/own-page.ts';
import { giveCommand } from '../invitations/send-command.ts';
import { sendPage } from '../pages/page.ts';
import type { Attempts } from '../passwords/attempts.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { askedPage, forgottenPage, passwordsOffPage, tooManyPage } from './password-link-pages.ts';

export interface ForgottenRoutesDeps {
  readonly bus: Pick<Bus, 'publish'>;
  readonly arrivals: Pick<Arrivals, 'organisationOf'>;
  /** Links that are asked for; wrong passwords are counted apart. */
  readonly linkAttempts: Attempts;
  readonly clock: () => Date;
}

const Form = Type.Object({ email: Type.String({ minLength: 1, maxLength: 320 }) });

/**
 * Asking for a link to choose a new password. Nothing is looked up here: profile-writer is told of the address, whoever's
 * it is, so neither the answer nor its time says whether there is an account, or whether its learner may use a password.
 */
export function forgottenRoutes(server: FastifyInstance, deps: ForgottenRoutesDeps): void {
  server.get('/password/forgotten', async (request, reply) => {
    const { organisation } = await deps.arrivals.organisationOf(request);
    return isOff(organisation)
      ? sendPage(reply, 403, passwordsOffPage(organisation))
      : sendPage(reply, 200, forgottenPage(organisation));
  });

  server.post(
    '/password/forgotten',
    { schema: { body: Form } },
    async (request: FastifyRequest<{ Body: Static<typeof Form> }>, reply) => {
      const { organisation, origin } = await deps.arrivals.organisationOf(request);
      requireOwnPage(request.headers, origin);
      if (isOff(organisation)) return sendPage(reply, 403, passwordsOffPage(organisation));
      const { id: organisationId } = organisation;
      const email = request.body.email.trim();
      const attempt = { organisationId, email, address: request.ip, browser: null };
      if (await deps.linkAttempts.begin(attempt)) return sendPage(reply, 429, tooManyPage(organisation));
      const action = { kind: 'send-password-link', email } as const;
      if (email !== '') await giveCommand(deps, { organisationId, requestedBy: 'password/forgotten', action });
      return sendPage(reply, 200, askedPage(organisation));
    },
  );
}

const isOff = (organisation: Organisation) => passwordAccessOf(organisation).kind === 'nobody';
