import { type Connection, type Model, Schema } from 'mongoose';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, setCookie } from '../sessions/cookies.ts';
import { hashOf, newSecretToken } from '../sessions/secret-token.ts';

/** A browser in which a learner has signed in with a password (OWASP, "device cookies"). */
export interface KnownBrowserDocument {
  /** Hash of its cookie. */
  readonly _id: string;
  readonly learnerId: string;
  readonly expiresAt: Date;
}

const schema = new Schema<KnownBrowserDocument>(
  {
    _id: { type: String, required: true },
    learnerId: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'knownBrowsers', versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const knownBrowserModel = (connection: Connection): Model<KnownBrowserDocument> =>
  connection.model<KnownBrowserDocument>('KnownBrowser', schema);

const DAYS = 180;

export interface KnownBrowsers {
  /** The hash of the browser's cookie, where this learner has signed in with it. */
  recognise(request: FastifyRequest, learnerId: string | undefined): Promise<string | null>;
  remember(request: FastifyRequest, reply: FastifyReply, learnerId: string): Promise<void>;
}

export function createKnownBrowsers(model: Model<KnownBrowserDocument>, clock: () => Date): KnownBrowsers {
  const recognise: KnownBrowsers['recognise'] = async (request, learnerId) => {
    const token = readCookie(request, 'browser');
    if (token === undefined) return null;
    const known = await model.findOne({ _id: hashOf(token), learnerId: learnerId ?? '' }, { _id: 1 }).lean();
    return known?._id ?? null;
  };
  return {
    recognise,
    remember: async (request, reply, learnerId) => {
      if ((await recognise(request, learnerId)) !== null) return;
      const token = newSecretToken();
      const expiresAt = new Date(clock().getTime() + DAYS * 86_400_000);
      await model.create({ _id: hashOf(token), learnerId, expiresAt });
      setCookie(reply, 'browser', token, DAYS * 86_400);
    },
  };
}
