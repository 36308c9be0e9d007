import type { FastifyReply, FastifyRequest } from 'fastify';
import { EntraError } from '../errors/entra-error.ts';
import { errorReference } from '../errors/error-report.ts';
import type { Tenants } from '../tenants/tenants.ts';
import { askForAccount } from './ask-for-account.ts';
import { sendError } from './authorization-response.ts';
import { askForApproval } from './interactions.ts';
import { standingOf, type Located } from './locate.ts';

/** Tells refusals to whom they are for. An application that asked for silence hears of all of them. */
export async function answering(
  { tenants, clock }: { readonly tenants: Tenants; readonly clock: () => Date },
  request: FastifyRequest,
  reply: FastifyReply,
  located: Located,
  answer: () => FastifyReply | Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    const { authority, parameters, address } = located;
    const at = errorReference(clock(), request.headers['client-request-id']);
    if (parameters.get('prompt') === 'none' || error.kind.audience === 'application') {
      return sendError(reply, address, error, at);
    }
    if (error.aadsts === 90094 || error.aadsts === 90095) return askForApproval(reply, located, error);
    if (error.kind.audience === 'page') throw error;
    const signedIn = standingOf(tenants, located)?.account;
    return askForAccount(tenants, authority, reply, {
      continuation: located,
      alert: error,
      ...(signedIn && { signedIn }),
    });
  }
}
