import { budgets, type Budget, type Scope, type Unit } from './budgets.ts';
import type { Charges } from './charges.ts';
import { TokenBucket } from './token-bucket.ts';

/** `false` lifts every limit; `scale` multiplies them all: 0.01 leaves a hundredth of each. */
export type Throttling = false | { readonly scale?: number };

/** Who is charged. */
export interface Caller {
  readonly appId: string;
  readonly tenantId: string;
  /** Of the tenant: its size decides about its budget. */
  readonly users: number;
  /** The id of the user whose mailbox is asked; empty when none is. */
  readonly mailbox: string;
}

/** A budget that did not have enough left. */
export interface Exceeded {
  readonly budget: Budget;
  /** Whole seconds. */
  readonly retryAfter: number;
}

/** What charging a request came to. */
export interface Verdict {
  /** The largest used share of the directory's budgets. */
  readonly share: number;
  /** The first budget that is exceeded; absent when the request may go on. */
  readonly exceeded?: Exceeded;
}

const directoryUnits: readonly Unit[] = ['resourceUnits', 'writes', 'signInActivity'];

/** All budgets of all callers, on the emulator's clock. */
export class Throttle {
  readonly #buckets = new Map<string, TokenBucket>();
  #scale = 1;

  constructor(throttling: Throttling) {
    this.change(throttling);
  }

  /** From now on these limits are in force; what has been used stays used. */
  change(throttling: Throttling): void {
    this.#scale = throttling === false ? Infinity : (throttling.scale ?? 1);
  }

  /** Whether there are limits at all. */
  get isOn(): boolean {
    return this.#scale !== Infinity;
  }

  /** Charges every budget that the request concerns, also when one of them has nothing left. */
  charge(caller: Caller, charges: Charges, now: Date): Verdict {
    let share = 0;
    let exceeded: Exceeded | undefined;
    for (const budget of this.isOn ? budgets : []) {
      const cost = charges[budget.unit] ?? 0;
      if (cost === 0) continue;
      const capacity = budget.capacity(caller.users) * this.#scale;
      const charge = this.#bucket(budget, caller, now).charge(cost, capacity, now.getTime());
      if (directoryUnits.includes(budget.unit)) share = Math.max(share, charge.share);
      if (charge.waitMs > 0) exceeded ??= { budget, retryAfter: Math.ceil(charge.waitMs / 1000) };
    }
    return { share, ...(exceeded === undefined ? {} : { exceeded }) };
  }

  #bucket(budget: Budget, caller: Caller, now: Date): TokenBucket {
    const key = `${budget.unit} ${budget.scope} ${ownerOf(budget.scope, caller)}`;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      this.#buckets.set(key, (bucket = new TokenBucket(budget.windowMs, now.getTime())));
    }
    return bucket;
  }
}

function ownerOf(scope: Scope, { appId, tenantId, mailbox }: Caller): string {
  if (scope === 'Application') return appId;
  if (scope === 'Tenant') return tenantId;
  return scope === 'Tenant_Application' ? `${appId} ${tenantId}` : `${appId} ${tenantId} ${mailbox}`;
}
