import type { FastifyReply } from 'fastify';
import type { EntraError } from '../errors/entra-error.ts';
import { errorDescription, type ErrorReference } from '../errors/error-report.ts';
import type { ConsentRequest } from './consent-request.ts';

/** Where the answer to a consent request goes. */
export interface ConsentAddress {
  readonly form: 'v2' | 'v1';
  readonly redirectUri: string;
  readonly state?: string;
}

/** Tells the application that consent was given. */
export function sendConsent(
  reply: FastifyReply,
  address: ConsentAddress,
  tenantId: string,
  { scope }: ConsentRequest,
): FastifyReply {
  const state = stateOf(address);
  return address.form === 'v2'
    ? send(reply, address, { admin_consent: 'True', tenant: tenantId, ...(scope && { scope }), ...state })
    : send(reply, address, { tenant: tenantId, ...state, admin_consent: 'True' });
}

/** Tells it that it was not. The v2 form says `admin_consent=True` even then: `error` is what counts. */
export function sendConsentError(
  reply: FastifyReply,
  address: ConsentAddress,
  error: EntraError,
  at: ErrorReference,
): FastifyReply {
  const state = stateOf(address);
  const error_description = errorDescription(error, at);
  return address.form === 'v2'
    ? send(reply, address, { admin_consent: 'True', error: error.kind.redirectError, error_description, ...state })
    : send(reply, address, { error: 'permission_denied', error_description, ...state });
}

function stateOf({ state }: ConsentAddress): { state?: string } {
  return state === undefined ? {} : { state };
}

function send(reply: FastifyReply, address: ConsentAddress, answer: Record<string, string>): FastifyReply {
  const target = new URL(address.redirectUri);
  for (const [name, value] of Object.entries(answer)) target.searchParams.append(name, value);
  return reply.header('cache-control', 'no-store').redirect(target.href, 302);
}
