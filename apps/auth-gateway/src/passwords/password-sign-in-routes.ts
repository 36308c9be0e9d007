import { learnerByEmail, type LearnerDocument } from '@learnamp/learners';
import { mayUsePassword, passwordAccessOf } from '@learnamp/organisations';
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
import { emergencyPage } from './emergency-page.ts';

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
// The same for whoever else's right password, so that nobody learns whose was right.
const WRONG_OR_NOT_THEIRS = `${WRONG} Only the Owner who is named for emergencies can sign in here.`;
const OFF = 'Signing in with a password is switched off here.';

/** Signing in with email and password, on the organisation's own home. */
export function passwordSignInRoutes(server: FastifyInstance, deps: PasswordSignInDeps): void {
  server.post('/sign-in/password', { schema: { body: Form } }, async (request: SignInRequest, reply) => {
    const place = await deps.arrivals.organisationOf(request);
    requireOwnPage(request.headers, place.origin);
    if (passwordAccessOf(place.organisation).kind === 'nobody') return refuse(place, request, reply, 403, OFF);
    return signIn(deps, place, request, reply);
  });
  server.get('/sign-in/password', (_request, reply) => reply.redirect('/', 303));
  server.get('/sign-in/emergency', async (request, reply) => {
    const { organisation } = await deps.arrivals.organisationOf(request);
    if (passwordAccessOf(organisation).kind !== 'one') return reply.redirect('/', 303);
    return sendPage(reply, 200, emergencyPage(organisation, '/'));
  });
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
  const access = passwordAccessOf(organisation);
  const isRight = await checkPassword(deps, learner, password);
  if (!isRight || !learner || !mayUsePassword(access, learner._id)) {
    deps.logger.warn({ organisationId: organisation.id, learnerId: learner?._id }, 'password refused');
    if (access.kind === 'one') return refuse(place, request, reply, 401, WRONG_OR_NOT_THEIRS);
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
  const asked = { returnTo: returnPath(returnTo, origin), refusal: { email, why } };
  const isEmergency = passwordAccessOf(organisation).kind === 'one';
  const page = isEmergency
    ? emergencyPage(organisation, asked.returnTo, asked.refusal)
    : welcomePage(organisation, asked);
  return sendPage(reply, code, page);
}
