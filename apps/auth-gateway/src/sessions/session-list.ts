import Type, { type Static } from 'typebox';
import type { Visitor } from './visitors.ts';
import type { SessionDocument } from './session-model.ts';

/** One of the browsers in which a learner is signed in. */
export const SessionView = Type.Object({
  sessionId: Type.String(),
  browser: Type.String(),
  with: Type.Union([Type.Literal('Microsoft'), Type.Literal('password')]),
  since: Type.String({ format: 'date-time' }),
  /** The one that asks. */
  isThisOne: Type.Boolean(),
});
export type SessionView = Static<typeof SessionView>;

export const viewOf =
  ({ session: own }: Visitor) =>
  ({ _id: sessionId, browser, microsoft, createdAt }: SessionDocument): SessionView => ({
    sessionId,
    browser,
    with: microsoft ? 'Microsoft' : 'password',
    since: createdAt.toISOString(),
    isThisOne: sessionId === own._id,
  });
