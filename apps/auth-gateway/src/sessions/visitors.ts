import type { LearnerDocument } from '@learnamp/learners';
import type { Role, Roles } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Model } from 'mongoose';
import type { AccessTokens } from './access-tokens.ts';
import { failingCheck } from './check-session.ts';
import { clearCookie, readCookie, setCookie } from './cookies.ts';
import type { SessionDocument } from './session-model.ts';
import type { NewSession, SessionStore } from './session-store.ts';
import { SESSION_HOURS } from './session-store.ts';

/** Somebody who is signed in. */
export interface Visitor {
  readonly session: SessionDocument;
  readonly learner: LearnerDocument;
  readonly role: Role;
}

/** Recognises who is signed in, and begins and ends that. */
export interface Visitors {
  /** Who sends the request, checked against the database each time; null when nobody is signed in. */
  recognise(request: FastifyRequest, reply: FastifyReply, organisationId: string): Promise<Visitor | null>;
  begin(reply: FastifyReply, session: NewSession): Promise<void>;
  end(reply: FastifyReply, session: SessionDocument): Promise<void>;
}

export interface VisitorsDeps {
  readonly sessions: SessionStore;
  readonly tokens: AccessTokens;
  readonly learners: Model<LearnerDocument>;
  readonly roles: Roles;
  readonly logger: Logger;
  readonly clock: () => Date;
}

export function createVisitors(deps: VisitorsDeps): Visitors {
  const { sessions, tokens } = deps;
  const forget = (reply: FastifyReply) => {
    tokens.clear(reply);
    clearCookie(reply, 'refresh');
  };
  return {
    recognise: async (request, reply, organisationId) => {
      const found = await findSession(deps, request, organisationId);
      if (!found) return null;
      const visitor = await check(deps, found.session, organisationId);
      if (!visitor) forget(reply);
      else if (found.renew) await tokens.issue(reply, found.session);
      return visitor;
    },
    begin: async (reply, wanted) => {
      const { session, refreshToken } = await sessions.begin(wanted);
      await tokens.issue(reply, session);
      setCookie(reply, 'refresh', refreshToken, SESSION_HOURS * 3600);
    },
    end: async (reply, session) => {
      await sessions.end(session._id);
      forget(reply);
    },
  };
}

/** By the access token; once that has run out, by the refresh token, and then a new access token is due. */
async function findSession({ sessions, tokens }: VisitorsDeps, request: FastifyRequest, organisationId: string) {
  const id = await tokens.sessionIdOf(request, organisationId);
  const byToken = id === undefined ? null : await sessions.find(id);
  if (byToken) return { session: byToken, renew: false };

  const refreshToken = readCookie(request, 'refresh');
  const byRefresh = refreshToken ? await sessions.findByRefreshToken(refreshToken) : null;
  return byRefresh ? { session: byRefresh, renew: true } : null;
}

async function check(deps: VisitorsDeps, session: SessionDocument, organisationId: string): Promise<Visitor | null> {
  const learner = await deps.learners.findById(session.learnerId).lean();
  const failing = failingCheck({ session, learner, organisationId, now: deps.clock() });
  if (failing !== undefined || !learner) {
    deps.logger.info({ sessionId: session._id, check: failing }, 'session refused');
    return null;
  }
  return { session, learner, role: await deps.roles.roleOf(organisationId, learner._id) };
}
