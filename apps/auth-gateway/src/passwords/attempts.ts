import type { Model } from 'mongoose';
import { hashOf } from '../sessions/secret-token.ts';
import type { AttemptDocument } from './attempt-model.ts';

/** Who tries a password, or asks for a new one. */
export interface Attempt {
  readonly organisationId: string;
  /** Whether or not there is such an account. */
  readonly email: string;
  readonly address: string;
  /** Hash of the cookie of a browser in which this account has signed in before. */
  readonly browser: string | null;
}

/** Counts what is tried, before it is looked at: whoever tries many at once gets no more than whoever waits. */
export interface Attempts {
  /** The time from which on one may try again; null when this one may be looked at. */
  begin(attempt: Attempt): Promise<Date | null>;
  /** The password was right: it counts for nothing. */
  succeed(attempt: Attempt): Promise<void>;
}

export const WINDOW_MINUTES = 15;
/** Wrong passwords in that time. An address has more: a whole office may share one. */
export const LIMITS = { account: 10, browser: 10, address: 100 };
/** Links for a new password that are asked for in that time. */
export const LINK_LIMITS = { account: 5, browser: 5, address: 30 };

/** What is counted, apart from anything else that is. */
export type Counted = 'sign-in' | 'password-link';
const limitsOf = { 'sign-in': LIMITS, 'password-link': LINK_LIMITS };
const prefixOf = { 'sign-in': '', 'password-link': 'link:' };

export function createAttempts(model: Model<AttemptDocument>, clock: () => Date, counted: Counted): Attempts {
  const countersOf = counters(counted);
  return {
    begin: async (attempt) => {
      const now = clock();
      const counts = await Promise.all(
        countersOf(attempt).map(async ({ id, limit }) => ({ ...(await count(model, id, now)), limit })),
      );
      const full = counts.filter(({ count: tried, limit }) => tried > limit).map(({ until }) => until.getTime());
      return full.length > 0 ? new Date(Math.max(...full)) : null;
    },
    succeed: async (attempt) => {
      const ids = countersOf(attempt).map(({ id }) => id);
      await model.updateMany({ _id: { $in: ids }, count: { $gt: 0 } }, { $inc: { count: -1 } });
    },
  };
}

/**
 * A browser that the account has signed in with counts by itself, so that guesses from elsewhere don't lock its owner
 * out. Addresses of mail are hashed: they are people's data, and may be anything that somebody typed.
 */
function counters(counted: Counted) {
  const [prefix, limits] = [prefixOf[counted], limitsOf[counted]];
  return ({ organisationId, email, address, browser }: Attempt) => {
    const account = browser
      ? { id: `${prefix}browser:${browser}`, limit: limits.browser }
      : { id: `${prefix}account:${hashOf(`${organisationId} ${email.toLowerCase()}`)}`, limit: limits.account };
    return [account, { id: `${prefix}address:${address}`, limit: limits.address }];
  };
}

/** Adds one, or begins anew where the time is over. MongoDB repeats by itself what two begin at the same moment. */
function count(model: Model<AttemptDocument>, id: string, now: Date): Promise<AttemptDocument> {
  const goesOn = { $gt: ['$until', now] };
  const next = {
    count: { $cond: [goesOn, { $add: ['$count', 1] }, 1] },
    until: { $cond: [goesOn, '$until', new Date(now.getTime() + WINDOW_MINUTES * 60_000)] },
  };
  const options = { upsert: true, returnDocument: 'after', updatePipeline: true } as const;
  return model
    .findOneAndUpdate({ _id: id }, [{ $set: next }], options)
    .orFail()
    .lean();
}
