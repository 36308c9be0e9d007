import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../problems/problem.ts';
import type { ShownPhoto } from './photo-of.ts';

/** Answers with a photo, or that the browser has it already. @throws Problem 404 where there is none. */
export function sendPhoto(request: FastifyRequest, reply: FastifyReply, photo: ShownPhoto | null): FastifyReply {
  if (!photo) throw notFound();
  const { etag } = photo;
  void reply.header('cache-control', 'private, no-cache').header('etag', etag);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.type(photo.mediaType).send(photo.bytes);
}
