import { randomBytes, randomUUID } from 'node:crypto';
import type { AccountId } from '../sign-in/login-hint.ts';

/** A browser's sign-in at the platform. */
export interface Session {
  /** The `sid` that tokens and front-channel logout carry. Not the cookie's value: applications get to know it. */
  readonly id: string;
  readonly account: AccountId;
  /** When the person last proved who they are, in milliseconds since 1970. */
  authenticatedAt: number;
  /** Whether a second factor was shown. */
  mfa: boolean;
  /** Ids of the applications signed in to with it. */
  readonly applications: Set<string>;
  readonly expiresAt: number;
}

export interface Sessions {
  /** Begins a session and returns the cookie's value. */
  start(account: AccountId): string;
  find(cookie: string | undefined): Session | undefined;
  /** Takes note that the person has proved again who they are. */
  renew(session: Session): void;
  /** Ends the session and returns it. */
  end(cookie: string | undefined): Session | undefined;
  /** Remembers all sessions. Returns the function that brings them back, and no others. */
  snapshot(): () => void;
}

const LIFETIME_MS = 24 * 3_600_000;

/** Sessions in memory, gone a day after sign-in. */
export function createSessions(clock: () => Date): Sessions {
  const sessions = new Map<string, Session>();

  const find = (cookie: string | undefined): Session | undefined => {
    const session = sessions.get(cookie ?? '');
    return session !== undefined && session.expiresAt > clock().getTime() ? session : undefined;
  };

  return {
    find,
    start(account) {
      const now = clock().getTime();
      for (const [cookie, { expiresAt }] of sessions) if (expiresAt <= now) sessions.delete(cookie);
      const cookie = randomBytes(32).toString('base64url');
      sessions.set(cookie, {
        id: randomUUID(),
        account,
        authenticatedAt: now,
        mfa: false,
        applications: new Set(),
        expiresAt: now + LIFETIME_MS,
      });
      return cookie;
    },
    renew(session) {
      session.authenticatedAt = clock().getTime();
    },
    end(cookie) {
      const session = find(cookie);
      sessions.delete(cookie ?? '');
      return session;
    },
    snapshot() {
      const kept = [...sessions].map(copyOf);
      return () => {
        sessions.clear();
        for (const [cookie, session] of kept.map(copyOf)) sessions.set(cookie, session);
      };
    },
  };
}

/** Sessions change while they last. */
function copyOf([cookie, session]: [string, Session]): [string, Session] {
  return [cookie, { ...session, applications: new Set(session.applications) }];
}
