import type { RefusalCode } from './refusals.ts';

/** Who Microsoft says has signed in: shown to people, so that they see it when they used the wrong account. */
export interface Account {
  readonly name: string | undefined;
  readonly username: string | undefined;
}

export interface RefusalDetail {
  readonly account?: Account;
  /** The check that failed or Microsoft's error number: for the log. */
  readonly reason?: string | undefined;
  readonly cause?: unknown;
}

/** Somebody is not signed in, for a reason that the page explains. */
export class SignInRefusal extends Error {
  readonly code: RefusalCode;
  readonly retriable = false;
  readonly account: Account | undefined;
  readonly reason: string | undefined;

  constructor(code: RefusalCode, { account, reason, cause }: RefusalDetail = {}) {
    super(`sign-in refused: ${code}`, { cause });
    this.name = 'SignInRefusal';
    this.code = code;
    this.account = account;
    this.reason = reason;
  }
}
