import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as delay } from 'node:timers/promises';
import { cutShort } from './faults/cut-short.ts';
import { DroppedConnection, type GraphService } from './graph-service.ts';
import { encodeAnswer } from './protocol/encode-answer.ts';
import type { GraphAnswer, GraphRequest } from './protocol/graph-request.ts';

/** What a door lets in at most. Graph's own limit is lower, and refused in Graph's words. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** What each request waits, as if Graph were far away; may be changed at any time. */
export interface Latency {
  ms: number;
}

/** Serves `/v1.0` on a door, and refuses `/beta`. */
export function graphPlugin(service: GraphService, latency: Readonly<Latency>): FastifyPluginAsync {
  // eslint-disable-next-line @typescript-eslint/require-await -- Fastify tells async plugins by their promise
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
      done(null, body);
    });
    const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      if (latency.ms > 0) await delay(latency.ms);
      try {
        return await send(reply, await service(toGraphRequest(request)));
      } catch (error) {
        if (!(error instanceof DroppedConnection)) throw error;
        reply.hijack();
        request.raw.socket.destroy();
        return reply;
      }
    };
    app.all('/v1.0/*', answer);
    app.all('/beta/*', answer);
  };
}

function toGraphRequest(request: FastifyRequest): GraphRequest {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  return {
    method: request.method,
    // `/beta` stays: as a part of Graph that is not here.
    path: (mark < 0 ? url : url.slice(0, mark)).replace(/^\/v1\.0/, ''),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    ),
    ...(Buffer.isBuffer(request.body) ? { body: request.body } : {}),
    origin: `${request.protocol}://${request.host}`,
  };
}

function send(reply: FastifyReply, answer: GraphAnswer): FastifyReply {
  const encoded = encodeAnswer(answer);
  if (answer.cut === undefined) return reply.code(answer.status).headers(encoded.headers).send(encoded.payload);
  reply.hijack();
  cutShort(reply.raw, answer.status, encoded, answer.cut);
  return reply;
}
