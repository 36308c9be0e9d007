import Type, { type Static } from 'typebox';
import { checkNames, signInChecks } from '../sign-in/checks.ts';
import { refusals } from '../sign-in/refusals.ts';
import type { SignInTraceDocument } from './sign-in-trace-model.ts';

const Step = Type.Object({
  check: Type.String(),
  /** What it wants, in a sentence. */
  wants: Type.String(),
  outcome: Type.Union([Type.Literal('passed'), Type.Literal('refused'), Type.Literal('not reached')]),
});

/** A refused sign-in as an administrator sees it. */
export const SignInTraceView = Type.Object({
  reference: Type.String(),
  at: Type.String({ format: 'date-time' }),
  refusal: Type.String(),
  /** What the person was told. */
  told: Type.String(),
  /** Such as `AADSTS50105`. */
  microsoftCode: Type.Union([Type.String(), Type.Null()]),
  /** In the order in which they are made. */
  checks: Type.Array(Step),
});
export type SignInTraceView = Static<typeof SignInTraceView>;

export function traceView(trace: SignInTraceDocument, organisationName: string): SignInTraceView {
  const refusedAt = checkNames.indexOf(trace.check);
  const outcomeOf = (position: number) =>
    position < refusedAt ? 'passed' : position === refusedAt ? 'refused' : 'not reached';
  return {
    reference: trace._id,
    at: trace.at.toISOString(),
    refusal: trace.refusal,
    told: refusals[trace.refusal].explain(organisationName),
    microsoftCode: trace.aadsts === null ? null : `AADSTS${trace.aadsts}`,
    checks: checkNames.map((check, at) => ({ check, wants: signInChecks[check], outcome: outcomeOf(at) })),
  };
}
