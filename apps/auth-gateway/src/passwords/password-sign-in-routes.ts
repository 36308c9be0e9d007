import { learnerByEmail, type LearnerDocument } from '@learnamp/learners';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';
import { welcomePage } from '../home/home-page.ts';
import { requireOwnPage } from '../hosts/own-page.ts';
import { returnPath } from '../hosts/return-path.ts';
import { sendPage } from '../pages/page.ts';
import type { Arrivals } from '../sessions/arrivals.ts';
import { admitByPassword, type AdmitByPasswordDeps } from './admit-by-password.ts';
import type { Attempts } from './attempts.ts';
import { checkPassword, type CheckPasswordDeps } from './check-password.ts';

export interface PasswordSignInDeps extends AdmitByPasswordDeps, CheckPasswordDeps {
  readonly learners: Model<LearnerDocument>;
  readonly arrivals: Pick<Arrivals, 'organisationOf'>;
  readonly attempts: Attempts;
}

const Form = Type.Object({
  email: Type.String({ maxLength: 320 }),
  password: Type.String({ maxLength: 1024 }),
  returnTo: Type.Optional(Type.String()),
});
type SignInRequest = FastifyRequest<{ Body: Static<typeof Form> }>;
type Place = Awaited<ReturnType<Arrivals['organisationOf']>>;

const WRONG = 'That email address and password do not belong together. Check both and try again.';
const OFF = 'Signing in with a password is switched off here.';

/** Signing in with email and password, on the organisation's own home. */
export function passwordSignInRoutes(server: FastifyInstance, deps: PasswordSignInDeps): void {
  server.post('/sign-in/password', { schema: { body: Form } }, async (request: SignInRequest, reply) => {
    const place = await deps.arrivals.organisationOf(request);
    requireOwnPage(request.headers, place.origin);
    if (!place.organisation.passwords.enabled) return refuse(place, request, reply, 403, OFF);
    return signIn(deps, place, request, reply);
  });
  server.get('/sign-in/password', (_request, reply) => reply.redirect('/', 303));
}

/** The same answers, after the same work, whether or not there is such a learner. */
async function signIn(deps: PasswordSignInDeps, place: Place, request: SignInRequest, reply: FastifyReply) {
  const { organisation, origin } = place;
  const { email: typed, password, returnTo } = request.body;
  const email = typed.trim();
  const learner = await learnerByEmail(deps.learners, organisation.id, email);
  const browser = await deps.knownBrowsers.recognise(request, learner?._id);
  const attempt = { organisationId: organisation.id, email, address: request.ip, browser };
  const again = await deps.attempts.begin(attempt);
  if (again) return tooMany(deps, place, request, reply, again);
  if (!(await checkPassword(deps, learner, password)) || !learner) {
    deps.logger.warn({ organisationId: organisation.id, learnerId: learner?._id }, 'password refused');
    return refuse(place, request, reply, 401, WRONG);
  }
  await deps.attempts.succeed(attempt);
  await admitByPassword(deps, organisation, learner, request, reply);
  return reply.redirect(returnPath(returnTo, origin), 303);
}

function tooMany(deps: PasswordSignInDeps, place: Place, request: SignInRequest, reply: FastifyReply, again: Date) {
  const seconds = Math.ceil((again.getTime() - deps.clock().getTime()) / 1000);
  void reply.header('retry-after', String(Math.max(1, seconds)));
  const minutes = Math.ceil(seconds / 60);
  const when = minutes <= 1 ? 'in a minute' : `in ${minutes} minutes`;
  return refuse(place, request, reply, 429, `Too many passwords were tried. Try again ${when}.`);
}

function refuse(
  { organisation, origin }: Place,
  request: SignInRequest,
  reply: FastifyReply,
  code: number,
  why: string,
) {
  const { email, returnTo } = request.body;
  const asked = { notice: undefined, returnTo: returnPath(returnTo, origin), refusal: { email, why } };
  return sendPage(reply, code, welcomePage(organisation, asked));
}
