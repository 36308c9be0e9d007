import type { LearnerDocument } from '@learnamp/learners';
import type { AuditActor, Organisation, Role, Roles } from '@learnamp/organisations';
import type { Logger } from '@learnamp/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Model } from 'mongoose';
import type { AccessTokens } from './access-tokens.ts';
import { browserName } from './browser-name.ts';
import { failingCheck } from './check-session.ts';
import { clearCookie, readCookie, setCookie } from './cookies.ts';
import type { SessionDocument } from './session-model.ts';
import type { NewSession, SessionStore } from './session-store.ts';
import { isStillLetIn } from './still-let-in.ts';

/** For whom a request acts. */
export interface Actor {
  readonly learner: LearnerDocument;
  readonly role: Role;
  /** Of the token that a program sends; absent where somebody is signed in. */
  readonly tokenId?: string;
}

/** Somebody who is signed in. */
export interface Visitor extends Actor {
  readonly session: SessionDocument;
}

export const mayAdminister = ({ role }: Pick<Actor, 'role'>): boolean => role === 'Owner' || role === 'Admin';

/** Who it was, as the audit log has it. */
export const auditActorOf = ({ learner, tokenId }: Actor): AuditActor => ({
  ...{ kind: 'learner', id: learner._id },
  ...(tokenId === undefined ? {} : { tokenId }),
});

/** Recognises who is signed in, and begins and ends that. */
export interface Visitors {
  /** Who sends the request, checked against the database each time; null when nobody is signed in. */
  recognise(request: FastifyRequest, reply: FastifyReply, organisation: Organisation): Promise<Visitor | null>;
  /** The same person by the same session, checked anew; null where they would not be recognised any more. */
  recheck(visitor: Visitor, organisation: Organisation): Promise<Visitor | null>;
  begin(request: FastifyRequest, reply: FastifyReply, session: Omit<NewSession, 'browser'>): Promise<void>;
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
  const give = async (reply: FastifyReply, session: SessionDocument, refreshToken: string) => {
    await tokens.issue(reply, session);
    const secondsLeft = Math.ceil((session.expiresAt.getTime() - deps.clock().getTime()) / 1000);
    setCookie(reply, 'refresh', refreshToken, secondsLeft);
  };
  return {
    recognise: async (request, reply, organisation) => {
      const { id: organisationId } = organisation;
      const found = await findSession(deps, request, organisationId);
      if (!found) return null;
      const visitor = await check(deps, found.session, organisationId);
      if (!visitor || !isStillLetIn(visitor, organisation)) {
        forget(reply);
        return null;
      }
      if (found.refreshToken !== undefined) await give(reply, found.session, found.refreshToken);
      return visitor;
    },
    recheck: async ({ session: { _id } }, organisation) => {
      const session = await sessions.find(_id);
      const visitor = session && (await check(deps, session, organisation.id));
      return visitor && isStillLetIn(visitor, organisation) ? visitor : null;
    },
    begin: async (request, reply, wanted) => {
      const browser = browserName(request.headers['user-agent']);
      const { session, refreshToken } = await sessions.begin({ ...wanted, browser });
      await give(reply, session, refreshToken);
    },
    end: async (reply, session) => {
      await sessions.end(session._id);
      forget(reply);
    },
  };
}

interface Found {
  readonly session: SessionDocument;
  /** The next one, where the session was found by the last one. */
  readonly refreshToken?: string;
}

/** By the access token; once that has run out, by the refresh token, and then new ones of both are due. */
async function findSession(
  { sessions, tokens, logger }: VisitorsDeps,
  request: FastifyRequest,
  organisationId: string,
): Promise<Found | null> {
  const id = await tokens.sessionIdOf(request, organisationId);
  const byToken = id === undefined ? null : await sessions.find(id);
  if (byToken) return { session: byToken };

  const refreshed = await sessions.refresh(readCookie(request, 'refresh') ?? '', organisationId);
  if (refreshed.kind === 'refreshed') return refreshed;
  if (refreshed.kind === 'reused') {
    const { _id: sessionId, learnerId } = refreshed.session;
    logger.warn({ sessionId, learnerId, organisationId }, 'refresh token used again: session ended');
  }
  return null;
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
