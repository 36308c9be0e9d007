import Type, { type Static } from 'typebox';
import type { Visitor } from './visitors.ts';
import type { SessionDocument } from './session-model.ts';

const OpenSession = {
  browser: Type.String(),
  with: Type.Union([Type.Literal('Microsoft'), Type.Literal('password')]),
  since: Type.String({ format: 'date-time' }),
};

/** A browser in which somebody is signed in, as others are told of it. */
export const OpenSessionView = Type.Object(OpenSession);

/** One of the browsers in which a learner is signed in. */
export const SessionView = Type.Object({
  sessionId: Type.String(),
  ...OpenSession,
  /** The one that asks. */
  isThisOne: Type.Boolean(),
});
export type SessionView = Static<typeof SessionView>;

export const openSessionOf = ({ browser, microsoft, createdAt }: SessionDocument): Static<typeof OpenSessionView> => ({
  browser,
  with: microsoft ? 'Microsoft' : 'password',
  since: createdAt.toISOString(),
});

export const viewOf =
  ({ session: own }: Visitor) =>
  (session: SessionDocument): SessionView => ({
    sessionId: session._id,
    ...openSessionOf(session),
    isThisOne: session._id === own._id,
  });
