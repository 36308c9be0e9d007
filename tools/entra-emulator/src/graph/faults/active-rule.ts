import { createRandom, type Random } from '../../generate/random.ts';
import type { DrawnFault, Fault, FaultRequest } from './fault.ts';
import type { FaultRule, FaultRuleState } from './fault-rule.ts';

/** Random numbers are drawn as whole ones below this. */
const RESOLUTION = 2 ** 30;

/** A request as rules see it: the turns of a rule are its own. */
export type RuledRequest = Omit<FaultRequest, 'count'>;

/** A rule in force: it counts the requests that it is about, and draws. */
export class ActiveRule {
  readonly id: string;
  readonly #rule: FaultRule;
  readonly #url: RegExp | undefined;
  readonly #until: number;
  readonly #random: Random;
  #matched = 0;
  #applied = 0;

  constructor(id: string, rule: FaultRule, now: Date) {
    this.id = id;
    this.#rule = rule;
    this.#url = rule.match?.url === undefined ? undefined : new RegExp(rule.match.url, 'i');
    this.#until = now.getTime() + (rule.forMs ?? Infinity);
    this.#random = createRandom(rule.seed ?? 1);
  }

  state(): FaultRuleState {
    return { ...this.#rule, id: this.id, matched: this.#matched, applied: this.#applied };
  }

  isOver(now: Date): boolean {
    return now.getTime() >= this.#until;
  }

  /** The fault for a request, if the rule is about it and its turn has come. */
  meet(request: RuledRequest): DrawnFault | undefined {
    if (!this.#isAbout(request)) return undefined;
    this.#matched += 1;
    const { nth, every, share, times } = this.#rule.match ?? {};
    if (nth !== undefined && this.#matched !== nth) return undefined;
    if (every !== undefined && this.#matched % every !== 0) return undefined;
    if (share !== undefined && this.#random.integer(RESOLUTION) >= share * RESOLUTION) return undefined;
    if (times !== undefined && this.#applied >= times) return undefined;
    this.#applied += 1;
    return drawFault(this.#rule.fault, this.#random);
  }

  #isAbout(request: RuledRequest): boolean {
    const { service = 'graph', method, template, tenantId, appId, batchMember } = this.#rule.match ?? {};
    return (
      (service === 'all' || service === request.service) &&
      (method === undefined || method.toUpperCase() === request.method) &&
      (template === undefined || anonymous(template) === anonymous(request.template)) &&
      (tenantId === undefined || tenantId.toLowerCase() === request.tenantId?.toLowerCase()) &&
      (appId === undefined || appId.toLowerCase() === request.appId?.toLowerCase()) &&
      (batchMember === undefined || batchMember === request.batchMember) &&
      (this.#url?.test(request.url) ?? true) &&
      carriesExpiring(this.#rule.fault, request.url)
    );
  }
}

/** Of several lags, draws the one of the replica that answers. */
export function drawFault({ lag, ...fault }: Fault, random: Random): DrawnFault {
  if (lag === undefined) return fault;
  return { ...fault, lag: 'length' in lag ? random.pick(lag) : lag };
}

/** A template without the names of its parameters, which are nobody's business. */
function anonymous(template: string): string {
  return template.toLowerCase().replaceAll(/\{\w+\}/g, '{}');
}

/** A token can expire only on a request that carries one: no other is counted. */
function carriesExpiring({ expire }: Fault, url: string): boolean {
  if (expire === undefined) return true;
  const isPage = /[?&](\$|%24)?skiptoken=./i.test(url);
  const isDelta = /[?&](\$|%24)?deltatoken=(?!latest\b)./i.test(url);
  if (expire === 'page') return isPage;
  return expire === 'delta' ? isDelta : isPage || isDelta;
}
