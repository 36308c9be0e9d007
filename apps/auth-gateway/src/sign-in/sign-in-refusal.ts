import type { SignInCheck } from './checks.ts';
import type { RefusalCode } from './refusals.ts';

/** Who Microsoft says has signed in: shown to people, so that they see it when they used the wrong account. */
export interface Account {
  readonly name: string | undefined;
  readonly username: string | undefined;
}

export interface RefusalDetail {
  readonly account?: Account;
  /** Microsoft's error number, or OAuth's word for it: for the log. */
  readonly reason?: string | undefined;
  readonly cause?: unknown;
}

/** Somebody is not signed in, for a reason that the page explains. */
export class SignInRefusal extends Error {
  readonly code: RefusalCode;
  readonly check: SignInCheck;
  readonly retriable = false;
  readonly account: Account | undefined;
  readonly reason: string | undefined;

  constructor(code: RefusalCode, check: SignInCheck, { account, reason, cause }: RefusalDetail = {}) {
    super(`sign-in refused: ${code}`, { cause });
    this.name = 'SignInRefusal';
    this.code = code;
    this.check = check;
    this.account = account;
    this.reason = reason;
  }
}
