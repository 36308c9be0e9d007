import type { Fault, FaultService } from './fault.ts';

/** Which requests a rule is about. All that is given must hold. */
export interface FaultMatch {
  /** Graph's requests when it is left out. Of Entra's, only `delayMs`, `drop` and `status` can spoil the answer. */
  readonly service?: FaultService | 'all';
  readonly method?: string;
  /** Such as `GET /users/{user}` or `POST /{tenant}/oauth2/v2.0/token`; what parameters are called does not matter. */
  readonly template?: string;
  /** A regular expression for the address with its query; Graph's are those below `/v1.0`. */
  readonly url?: string;
  readonly tenantId?: string;
  readonly appId?: string;
  readonly batchMember?: boolean;
  /** Only the nth of them. */
  readonly nth?: number;
  /** Only each nth of them. */
  readonly every?: number;
  /** Only that share of them, from 0 to 1, drawn by the seed. */
  readonly share?: number;
  /** At most so many of those that are left. */
  readonly times?: number;
}

/** A fault as data: what happens to which requests. */
export interface FaultRule {
  /** Made up when it is left out. */
  readonly id?: string;
  /** Every request when it is left out. */
  readonly match?: FaultMatch;
  readonly fault: Fault;
  /** How long the rule is in force, by the emulator's clock, counted from when it was set. */
  readonly forMs?: number;
  /** Of what the rule draws by chance; 1 when it is left out. */
  readonly seed?: number;
}

/** A rule in force, and what has come of it. */
export interface FaultRuleState extends FaultRule {
  readonly id: string;
  /** Requests that it is about. */
  readonly matched: number;
  /** Requests that it spoilt. */
  readonly applied: number;
}
