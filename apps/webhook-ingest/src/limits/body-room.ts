import { type Readable, Transform } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { unavailable } from '../problems/problem.ts';

/**
 * Bounds what all requests together have in memory: bytes count from when they arrive until their request is answered,
 * or has gone away. What comes beyond it is answered 503.
 */
export class BodyRoom {
  readonly #maxBytes: number;
  #held = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get held(): number {
    return this.#held;
  }

  /** Counts the bodies of all requests of a server, as they arrive and before they are parsed. */
  guard(server: FastifyInstance): void {
    server.addHook('preParsing', async (_request, reply, payload) => this.#counted(payload as Readable, reply));
  }

  #counted(payload: Readable, reply: FastifyReply): Transform {
    let bytes = 0;
    reply.raw.once('close', () => (this.#held -= bytes));
    const counting = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        bytes += chunk.length;
        this.#held += chunk.length;
        if (this.#held > this.#maxBytes) done(unavailable());
        else done(null, chunk);
      },
    });
    payload.once('error', (error) => counting.destroy(error));
    return payload.pipe(counting);
  }
}
