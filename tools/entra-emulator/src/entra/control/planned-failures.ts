import { EntraError, isAadstsNumber, type AadstsNumber } from '../errors/entra-error.ts';

/** The endpoints that can be told to fail. */
export const FAILING_ENDPOINTS = ['authorize', 'token', 'adminconsent', 'discovery', 'keys'] as const;
export type FailingEndpoint = (typeof FAILING_ENDPOINTS)[number];

/** How often, and where, a refusal is answered that nothing gave a reason for. */
export interface PlannedFailure {
  readonly endpoint: FailingEndpoint;
  /** 1 by default. */
  readonly times?: number;
}

/** A refusal that is still to come. */
export interface PlannedFailureState {
  readonly endpoint: FailingEndpoint;
  readonly aadsts: number;
  readonly left: number;
}

interface Plan {
  readonly aadsts: AadstsNumber;
  left: number;
}

/** Refusals on demand, in the order in which they were asked for. */
export class PlannedFailures {
  readonly #plans = new Map<FailingEndpoint, Plan[]>();

  /** @throws RangeError for a number that the emulator does not know. */
  plan(aadsts: number, { endpoint, times = 1 }: PlannedFailure): void {
    if (!isAadstsNumber(aadsts)) throw new RangeError(`AADSTS${aadsts} is not emulated`);
    this.#plans.set(endpoint, [...(this.#plans.get(endpoint) ?? []), { aadsts, left: times }]);
  }

  /** @throws EntraError the refusal that is next for this endpoint. */
  meet(endpoint: FailingEndpoint): void {
    const plans = this.#plans.get(endpoint);
    const [plan] = plans ?? [];
    if (plans === undefined || plan === undefined) return;
    plan.left -= 1;
    if (plan.left <= 0) plans.shift();
    throw new EntraError(plan.aadsts);
  }

  all(): PlannedFailureState[] {
    return [...this.#plans].flatMap(([endpoint, plans]) => plans.map((plan) => ({ endpoint, ...plan })));
  }

  clear(): void {
    this.#plans.clear();
  }
}
