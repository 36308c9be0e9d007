import { STATUS_CODES } from 'node:http';
import { BusError } from '@learnamp/bus';
import type { Logger } from '@learnamp/service';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import mongoose from 'mongoose';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/page.ts';
import { notFound, Problem, unavailable } from './problem.ts';
import { newReference } from './reference.ts';

/** Of pages. */
const titles = new Map([
  [400, 'That request was not understood'],
  [401, 'Please sign in'],
  [403, 'That is not allowed'],
  [404, 'Not found'],
  [429, 'Too much at once'],
  [503, 'Not available right now'],
]);

/** The one place where errors become answers: RFC 9457 documents for programs and scripts, pages for people. */
export function answerProblems(server: FastifyInstance, logger: Logger): void {
  server.setNotFoundHandler((request, reply) => answer(request, reply, notFound(), newReference()));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    const reference = newReference();
    // What went wrong inside is for the log alone.
    if (problem.status >= 500) logger.error({ err: problem.cause ?? error, reference }, 'request failed');
    return answer(request, reply, problem, reference);
  });
}

function problemOf(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (isOutage(error)) return unavailable(error);
  const status = error.statusCode ?? 500;
  if (status < 500) return new Problem(status, 'bad-request', 'The request is not as it has to be.', { cause: error });
  return new Problem(500, 'internal', 'Something went wrong on our side.', { cause: error });
}

/** MongoDB or the bus is away. Nothing is decided without them: a request that can't be checked is never allowed. */
function isOutage(error: unknown): boolean {
  if (error instanceof BusError) return error.retriable;
  const { MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoTopologyClosedError } =
    mongoose.mongo;
  return (
    [MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoTopologyClosedError].some(
      (outage) => error instanceof outage,
    ) || error instanceof mongoose.Error.MongooseServerSelectionError
  );
}

function answer(request: FastifyRequest, reply: FastifyReply, problem: Problem, reference: string): FastifyReply {
  const { status, code, message: detail } = problem;
  if (problem.retriable) void reply.header('retry-after', '10');
  void reply.headers(problem.headers);
  if (isForProgram(request)) {
    // RFC 9457 section 4.2.1: of about:blank the title is the phrase of the status.
    const title = STATUS_CODES[status] ?? 'Error';
    return reply
      .code(status)
      .header('cache-control', 'no-store')
      .type('application/problem+json')
      .serializer(JSON.stringify)
      .send({ type: 'about:blank', title, status, code, detail, ...(status >= 500 ? { reference } : {}) });
  }
  const title = titles.get(status) ?? 'Something went wrong';
  return sendPage(reply, status, {
    title,
    body: html`<section class="card">
      <h1>${title}</h1>
      <p>${detail}</p>
      ${status >= 500 ? html`<p class="faint">Reference: <strong>${reference}</strong></p>` : undefined}
      <p><a href="/">Go to the home page</a></p>
    </section>`,
  });
}

// No form can send these.
const OF_SCRIPTS = ['PUT', 'PATCH', 'DELETE'];

const isForProgram = ({ url, method }: FastifyRequest) => url.startsWith('/api/') || OF_SCRIPTS.includes(method);
