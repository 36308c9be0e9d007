import { causesOf, inSpan } from '@learnamp/tracing';

export const SCOPE = 'directory-sync';

/** A part of a run whose time is worth knowing. */
export const stage = <Result>(name: string, work: () => Promise<Result>): Promise<Result> =>
  inSpan(name, { scope: SCOPE }, work);

/** Something done by itself, outside of a run, for what these traces ask; for none of them it begins one. */
export const apart = <Result>(
  name: string,
  traceparents: readonly (string | undefined)[],
  work: () => Promise<Result>,
): Promise<Result> => inSpan(name, { scope: SCOPE, causes: causesOf(traceparents) }, work);
