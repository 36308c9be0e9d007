import Type, { type Static } from 'typebox';
import { checkNames, signInChecks } from '../sign-in/checks.ts';
import { refusals } from '../sign-in/refusals.ts';
import type { SignInTraceDocument } from './sign-in-trace-model.ts';

const TextOrNull = Type.Union([Type.String(), Type.Null()]);

/** A sign-in in a list. */
export const SignInTraceSummary = Type.Object({
  reference: Type.String(),
  at: Type.String({ format: 'date-time' }),
  /** Why it was refused; null where it was not. */
  refusal: TextOrNull,
  /** Who is signed in; null for whoever was refused, of whom nothing is kept. */
  person: TextOrNull,
});
export type SignInTraceSummary = Static<typeof SignInTraceSummary>;

const Step = Type.Object({
  check: Type.String(),
  /** What it wants, in a sentence. */
  wants: Type.String(),
  outcome: Type.Union([Type.Literal('passed'), Type.Literal('refused'), Type.Literal('not reached')]),
});

/** A sign-in as an administrator sees it. */
export const SignInTraceView = Type.Object({
  ...SignInTraceSummary.properties,
  /** What the person was told who was refused. */
  told: TextOrNull,
  /** Such as `AADSTS50105`. */
  microsoftCode: TextOrNull,
  /** In the order in which they are made. */
  checks: Type.Array(Step),
});
export type SignInTraceView = Static<typeof SignInTraceView>;

/** `nameOf` gives a learner's name, by id. */
export type NameOf = (learnerId: string) => string;

export const traceSummary = (
  { _id: reference, at, refusal, learnerId }: SignInTraceDocument,
  nameOf: NameOf,
): SignInTraceSummary => ({
  reference,
  at: at.toISOString(),
  refusal,
  person: learnerId === null ? null : nameOf(learnerId),
});

export function traceView(trace: SignInTraceDocument, organisationName: string, nameOf: NameOf): SignInTraceView {
  const { check: refusedBy, refusal, aadsts } = trace;
  const refusedAt = refusedBy === null ? Infinity : checkNames.indexOf(refusedBy);
  const outcomeOf = (position: number) =>
    position < refusedAt ? 'passed' : position === refusedAt ? 'refused' : 'not reached';
  return {
    ...traceSummary(trace, nameOf),
    told: refusal === null ? null : refusals[refusal].explain(organisationName),
    microsoftCode: aadsts === null ? null : `AADSTS${aadsts}`,
    checks: checkNames.map((check, at) => ({ check, wants: signInChecks[check], outcome: outcomeOf(at) })),
  };
}
