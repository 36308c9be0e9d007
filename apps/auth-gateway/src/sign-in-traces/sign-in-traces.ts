import type { Model } from 'mongoose';
import { aadstsOf } from '../microsoft/microsoft-error.ts';
import { newReference } from '../problems/reference.ts';
import type { SignInRefusal } from '../sign-in/sign-in-refusal.ts';
import type { SignInTraceDocument } from './sign-in-trace-model.ts';

/** Long enough for somebody to ask about it after a weekend. */
const KEPT_DAYS = 7;
/** In the list. */
const RECENT = 50;
/** Of one learner. */
const OF_LEARNER = 10;

/** What became of sign-ins with Microsoft. */
export interface SignInTraces {
  keepRefused(reference: string, organisationId: string, refusal: SignInRefusal): Promise<void>;
  keepSignedIn(organisationId: string, learnerId: string): Promise<void>;
  /** Null where the organisation has none of that reference, or not any more. */
  find(reference: string, organisationId: string): Promise<SignInTraceDocument | null>;
  /** The newest first. */
  recent(organisationId: string): Promise<SignInTraceDocument[]>;
  /** The latest of one learner, the newest first. */
  ofLearner(organisationId: string, learnerId: string): Promise<SignInTraceDocument[]>;
}

export function createSignInTraces(model: Model<SignInTraceDocument>, clock: () => Date): SignInTraces {
  const keep = async (trace: Omit<SignInTraceDocument, 'at' | 'expiresAt'>) => {
    const at = clock();
    await model.create({ ...trace, at, expiresAt: new Date(at.getTime() + KEPT_DAYS * 86_400_000) });
  };
  // MongoDB removes what is too old about once a minute, so the age is asked for as well.
  const notExpired = () => ({ expiresAt: { $gt: clock() } });
  return {
    keepRefused: (_id, organisationId, { check, code: refusal, reason }) =>
      keep({ _id, organisationId, check, refusal, learnerId: null, aadsts: aadstsOf(reason) ?? null }),
    keepSignedIn: (organisationId, learnerId) =>
      keep({ _id: newReference(), organisationId, check: null, refusal: null, learnerId, aadsts: null }),
    find: (reference, organisationId) => model.findOne({ _id: reference, organisationId, ...notExpired() }).lean(),
    recent: (organisationId) =>
      model
        .find({ organisationId, ...notExpired() })
        .sort({ at: -1 })
        .limit(RECENT)
        .lean(),
    ofLearner: (organisationId, learnerId) =>
      model
        .find({ organisationId, learnerId, ...notExpired() })
        .sort({ at: -1 })
        .limit(OF_LEARNER)
        .lean(),
  };
}
