import type { Model } from 'mongoose';
import { aadstsOf } from '../microsoft/microsoft-error.ts';
import type { SignInRefusal } from '../sign-in/sign-in-refusal.ts';
import type { SignInTraceDocument } from './sign-in-trace-model.ts';

/** Long enough for somebody to ask about it after a weekend. */
const KEPT_DAYS = 7;

/** What became of sign-ins that were refused. */
export interface SignInTraces {
  keep(reference: string, organisationId: string, refusal: SignInRefusal): Promise<void>;
  /** Null where the organisation has none of that reference, or not any more. */
  find(reference: string, organisationId: string): Promise<SignInTraceDocument | null>;
}

export function createSignInTraces(model: Model<SignInTraceDocument>, clock: () => Date): SignInTraces {
  return {
    keep: async (_id, organisationId, { check, code: refusal, reason }) => {
      const at = clock();
      const expiresAt = new Date(at.getTime() + KEPT_DAYS * 86_400_000);
      await model.create({ _id, organisationId, at, check, refusal, aadsts: aadstsOf(reason) ?? null, expiresAt });
    },
    // MongoDB removes what is too old about once a minute, so the age is asked for as well.
    find: (reference, organisationId) =>
      model.findOne({ _id: reference, organisationId, expiresAt: { $gt: clock() } }).lean(),
  };
}
