import type { Organisations } from '@learnamp/organisations';
import type { FastifyInstance } from 'fastify';
import type { Hosts } from '../hosts/hosts.ts';
import { aadstsOf } from '../microsoft/microsoft-error.ts';
import { hashOf } from '../sessions/secret-token.ts';
import { consentAnswerOf } from '../tenant-connection/consent-answer.ts';
import type { TenantClaims } from '../tenant-connection/tenant-claims.ts';
import type { AuthorizationResponse } from './sign-in-model.ts';
import type { SignInStore } from './sign-in-store.ts';

export interface CallbackDeps {
  readonly hosts: Hosts;
  readonly organisations: Organisations;
  readonly signIns: SignInStore;
  readonly claims: TenantClaims;
}

type Query = Readonly<Record<string, unknown>>;

/**
 * The redirect URI of all organisations, on the central host. It exchanges nothing: it hands the answer over to the
 * home where the sign-in began, because only there is the cookie of the browser that began it.
 */
export function callbackRoutes(server: FastifyInstance, deps: CallbackDeps): void {
  server.get<{ Querystring: Query }>('/auth/callback', async (request, reply) => {
    const { query } = request;
    const target = (await handOver(deps, query)) ?? (await handOverClaim(deps, query)) ?? (await startingPage(deps));
    return reply.redirect(target, 303);
  });
}

async function handOver({ hosts, organisations, signIns }: CallbackDeps, query: Query): Promise<string | undefined> {
  const state = single(query, 'state');
  const response = responseOf(query);
  const transaction = state !== undefined && response ? await signIns.take(state) : null;
  if (!transaction || !response) return undefined;

  const organisation = await organisations.findById(transaction.organisationId);
  if (!organisation) return undefined;
  const code = await signIns.handOver(transaction, response);
  return `${hosts.homeOf(organisation.subdomain)}/auth/complete?handover=${code}`;
}

/** The same for an administrator who is connecting a tenant. */
async function handOverClaim(
  { hosts, organisations, claims }: CallbackDeps,
  query: Query,
): Promise<string | undefined> {
  const state = single(query, 'state');
  const answer = consentAnswerOf(query);
  const kept = state !== undefined && answer ? await claims.keepAnswer(state, answer) : null;
  const organisation = kept && (await organisations.findById(kept.organisationId));
  return organisation
    ? `${hosts.homeOf(organisation.subdomain)}/settings/microsoft/continue?handover=${kept.code}`
    : undefined;
}

/** Where somebody without a sign-in of ours belongs: the home of the only organisation, or the page to find one. */
async function startingPage({ hosts, organisations }: CallbackDeps): Promise<string> {
  const only = await organisations.findOnly();
  return only ? `${hosts.homeOf(only.subdomain)}/` : '/';
}

function responseOf(query: Query): AuthorizationResponse | undefined {
  const code = single(query, 'code');
  const iss = single(query, 'iss');
  if (code !== undefined) return { kind: 'code', code, issuerHash: iss === undefined ? null : hashOf(iss) };
  const error = single(query, 'error');
  if (error === undefined || !/^[a-z_]{1,64}$/.test(error)) return undefined;
  return { kind: 'error', error, aadsts: aadstsOf(query['error_description']) ?? null };
}

/** A parameter that is there once (RFC 6749 section 3.1: more than once is no answer) and not absurdly long. */
function single(query: Query, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' && value !== '' && value.length <= 8_192 ? value : undefined;
}
