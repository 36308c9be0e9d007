import { type LearnerDocument, mediaTypeOf } from '@learnamp/learners';
import type { FastifyRequest } from 'fastify';
import { readAtMost } from '../imports/read-at-most.ts';
import { type GivenCommand, sendCommand, type SendCommandDeps } from '../invitations/send-command.ts';
import { Problem } from '../problems/problem.ts';

/** What a photo may come as. */
export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;

const limit = { bytes: 500_000, code: 'photo-too-large', sentence: 'The photo is larger than 500 kB.' } as const;

/** As long as a request with a photo may be: forms write something around a file. */
export const requestBytes = limit.bytes + 10_000;

/**
 * The bytes of a photo. A request that says that it is too large is refused before it is read, so that whoever sends it
 * gets to read the answer.
 * @throws Problem 413
 */
export async function readPhoto({ headers }: FastifyRequest, stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const announced = Number(headers['content-length'] ?? 0);
  if (announced > requestBytes) throw new Problem(413, limit.code, limit.sentence);
  return readAtMost(limit, stream);
}

type Owner = Pick<LearnerDocument, '_id' | 'organisationId'>;

/** @throws Problem 415 where the bytes are no image of these kinds, whatever they were called. */
export async function setPhoto(
  deps: SendCommandDeps,
  { _id: learnerId, organisationId }: Owner,
  bytes: Buffer,
): Promise<GivenCommand> {
  const type = mediaTypeOf(bytes);
  if (!photoTypes.some((known) => known === type)) {
    throw new Problem(415, 'no-photo', 'The file is no photo in JPEG, PNG or WebP.');
  }
  const action = { kind: 'set-own-photo', learnerId, base64: bytes.toString('base64') } as const;
  return sendCommand(deps, { organisationId, requestedBy: learnerId, action });
}

export const removePhoto = (deps: SendCommandDeps, { _id: learnerId, organisationId }: Owner): Promise<GivenCommand> =>
  sendCommand(deps, { organisationId, requestedBy: learnerId, action: { kind: 'remove-own-photo', learnerId } });
