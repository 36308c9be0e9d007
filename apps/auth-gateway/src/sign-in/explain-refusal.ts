import type { Organisation } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import type { FastifyReply } from 'fastify';
import { sendPage } from '../pages/page.ts';
import { newReference } from '../problems/reference.ts';
import type { SignInTraces } from '../sign-in-traces/sign-in-traces.ts';
import { refusalPage } from './refusal-page.ts';
import { refusals } from './refusals.ts';
import { SignInRefusal } from './sign-in-refusal.ts';

/** Runs a step of a sign-in; a refusal becomes a page with a reference, and a trace and a line in the log with the same one. */
export type ExplainRefusal = (
  organisation: Organisation,
  reply: FastifyReply,
  step: () => Promise<FastifyReply>,
) => Promise<FastifyReply>;

export function createExplainRefusal(logger: Logger, traces: Pick<SignInTraces, 'keepRefused'>): ExplainRefusal {
  return async (organisation, reply, step) => {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof SignInRefusal)) throw error;
      const reference = newReference();
      const { code: refusal, check, reason } = error;
      const fields = { reference, organisationId: organisation.id, refusal, check, reason, failure: failureOf(error) };
      logger.warn(fields, 'sign-in refused');
      await traces.keepRefused(reference, organisation.id, error);
      return sendPage(reply, refusals[refusal].status, refusalPage(organisation, error, reference));
    }
  };
}

/** The code and message of the library's error. Not the error itself: it holds Microsoft's answer, tokens included. */
function failureOf({ cause }: SignInRefusal): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { code } = cause as { code?: unknown };
  return typeof code === 'string' ? `${code}: ${cause.message}` : cause.message;
}
