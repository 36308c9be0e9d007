import { EmulatorError } from '../../emulator-error.ts';
import { ActiveRule, type RuledRequest } from './active-rule.ts';
import { checkFaultRule } from './check-fault-rule.ts';
import type { DrawnFault } from './fault.ts';
import type { FaultRuleState } from './fault-rule.ts';

/** A fault that a request meets, and the rule that it comes from. */
export interface MetFault {
  readonly id: string;
  readonly fault: DrawnFault;
}

/** Several faults in one; where two disagree, the earlier one wins. */
export function combined(faults: readonly DrawnFault[]): DrawnFault {
  return Object.assign({}, ...[...faults].reverse()) as DrawnFault;
}

/** The fault rules in force. Each that applies to a request spoils it. */
export class FaultRules {
  readonly #clock: () => Date;
  #rules: readonly ActiveRule[] = [];
  #added = 0;

  constructor(clock: () => Date, rules: readonly unknown[] = []) {
    this.#clock = clock;
    this.replace(rules);
  }

  /** Puts a rule in force and returns its id. Throws an EmulatorError `fault-rule-invalid` for one that is not valid. */
  add(rule: unknown): string {
    const active = this.#activate('rule', rule);
    this.#rules = [...this.#rules, active];
    return active.id;
  }

  /** Puts these rules in place of all others; none of them when one is not valid. */
  replace(rules: readonly unknown[]): void {
    const before = this.#rules;
    this.#rules = [];
    try {
      for (const [index, rule] of rules.entries())
        this.#rules = [...this.#rules, this.#activate(`rules[${index}]`, rule)];
    } catch (error) {
      this.#rules = before;
      throw error;
    }
  }

  /** False when there is none of that id. */
  remove(id: string): boolean {
    const before = this.#rules;
    this.#rules = before.filter((rule) => rule.id !== id);
    return this.#rules.length < before.length;
  }

  /** Every rule in force. */
  all(): FaultRuleState[] {
    return this.#current().map((rule) => rule.state());
  }

  /** What happens to a request. */
  meet(request: RuledRequest): MetFault[] {
    return this.#current().flatMap((rule) => {
      const fault = rule.meet(request);
      return fault === undefined ? [] : [{ id: rule.id, fault }];
    });
  }

  #current(): readonly ActiveRule[] {
    if (this.#rules.length === 0) return this.#rules;
    const now = this.#clock();
    if (this.#rules.some((rule) => rule.isOver(now))) this.#rules = this.#rules.filter((rule) => !rule.isOver(now));
    return this.#rules;
  }

  #activate(path: string, value: unknown): ActiveRule {
    const rule = checkFaultRule(path, value);
    const id = rule.id ?? `rule-${(this.#added += 1)}`;
    if (this.#current().some((other) => other.id === id))
      throw new EmulatorError('fault-rule-invalid', `${path}.id is that of another rule: ${id}`);
    return new ActiveRule(id, rule, this.#clock());
  }
}
