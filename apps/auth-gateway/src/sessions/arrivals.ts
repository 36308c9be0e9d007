import type { Organisation, Organisations } from '@learnamp/organisations';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Hosts } from '../hosts/hosts.ts';
import { notFound, Problem } from '../problems/problem.ts';
import { bearerOf } from '../api-tokens/bearer-token.ts';
import type { TokenCallers } from '../api-tokens/token-callers.ts';
import { type Actor, mayAdminister, type Visitor, type Visitors } from './visitors.ts';

/** A request at an organisation's home: whose home, and who is there. */
export interface Arrival {
  readonly organisation: Organisation;
  readonly origin: string;
  readonly visitor: Visitor | null;
}

export type SignedInArrival = Arrival & { readonly visitor: Visitor };

/** A request of an administrator, or of a program that acts for one. */
export type AdministratorArrival = Pick<Arrival, 'organisation' | 'origin'> & { readonly visitor: Actor };

export interface Caller {
  readonly organisationId: string;
  readonly id: string;
}

/** Answers "where, and who" for a request. The organisation comes from the host alone, and only if it exists. */
export interface Arrivals {
  /** @throws Problem 404 for a host that is nobody's home. */
  organisationOf(request: FastifyRequest): Promise<{ organisation: Organisation; origin: string }>;
  of(request: FastifyRequest, reply: FastifyReply): Promise<Arrival>;
  /** @throws Problem 401 when nobody is signed in. */
  signedIn(request: FastifyRequest, reply: FastifyReply): Promise<SignedInArrival>;
  /**
   * Somebody who is signed in, or where the route declares a scope a program with a token.
   * @throws Problem 401, or 403 for somebody who is neither Owner nor Admin, or whose token is for something else.
   */
  administrator(request: FastifyRequest, reply: FastifyReply): Promise<AdministratorArrival>;
  /**
   * Who sends a request, in a word that stays the same as long as they may do the same; null for nobody.
   * @throws Problem as `administrator` does for a token.
   */
  callerOf(request: FastifyRequest, reply: FastifyReply): Promise<Caller | null>;
  /** The same without programs. */
  administratorInPerson(request: FastifyRequest, reply: FastifyReply): Promise<SignedInArrival>;
  /** Whether they would be let in as that once more: for answers that go on for long. */
  isStillAdministrator(arrival: SignedInArrival): Promise<boolean>;
}

export interface ArrivalsDeps {
  readonly hosts: Hosts;
  readonly organisations: Organisations;
  readonly visitors: Visitors;
  readonly tokenCallers: TokenCallers;
}

export function createArrivals({ hosts, organisations, visitors, tokenCallers }: ArrivalsDeps): Arrivals {
  const organisationOf: Arrivals['organisationOf'] = async (request) => {
    const subdomain = hosts.subdomainOf(request.headers.host);
    const organisation = subdomain === undefined ? null : await organisations.findBySubdomain(subdomain);
    if (!organisation) throw notFound();
    return { organisation, origin: hosts.homeOf(organisation.subdomain) };
  };
  const of: Arrivals['of'] = async (request, reply) => {
    const place = await organisationOf(request);
    return { ...place, visitor: await visitors.recognise(request, reply, place.organisation) };
  };
  const signedIn: Arrivals['signedIn'] = async (request, reply) => {
    const { visitor, ...place } = await of(request, reply);
    if (!visitor) throw notSignedIn(request);
    return { ...place, visitor };
  };
  const administratorInPerson: Arrivals['administratorInPerson'] = async (request, reply) => {
    const arrival = await signedIn(request, reply);
    if (mayAdminister(arrival.visitor)) return arrival;
    throw new Problem(403, 'not-an-administrator', 'Only an Owner or an Admin of this organisation may do this.');
  };
  const byToken = async (request: FastifyRequest) => {
    const { scope } = request.routeOptions.config;
    if (scope === undefined || bearerOf(request) === undefined) return undefined;
    const place = await organisationOf(request);
    return { ...place, visitor: await tokenCallers.recognise(request, place.organisation.id, scope) };
  };
  return {
    organisationOf,
    of,
    signedIn,
    administratorInPerson,
    administrator: async (request, reply) => (await byToken(request)) ?? administratorInPerson(request, reply),
    callerOf: async (request, reply) => {
      const { organisation, visitor } = (await byToken(request)) ?? (await of(request, reply));
      return (
        visitor && { organisationId: organisation.id, id: visitor.tokenId ?? `${visitor.learner._id} ${visitor.role}` }
      );
    },
    isStillAdministrator: async ({ visitor, organisation: { subdomain } }) => {
      // Read anew as well: how people may sign in can have been changed since.
      const organisation = await organisations.findBySubdomain(subdomain);
      const now = organisation && (await visitors.recheck(visitor, organisation));
      return now !== null && mayAdminister(now);
    },
  };
}

const notSignedIn = (request: FastifyRequest) =>
  bearerOf(request) === undefined
    ? new Problem(401, 'not-signed-in', 'You are not signed in, or your session has ended.')
    : new Problem(401, 'no-tokens-here', 'This takes no API tokens, only people who are signed in.');
