import { EmulatorError } from '../../emulator-error.ts';
import { isJsonObject } from '../../json.ts';
import type { DeltaOptions } from '../delta/delta-options.ts';
import type { Fault } from './fault.ts';
import type { FaultMatch, FaultRule } from './fault-rule.ts';
import { flag, fromOne, must, notNegative, oneOf, share, shaped, text, whole, type Check } from './shape-check.ts';

const status = must(
  'a status from 400 to 599',
  (value) => Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 599,
);
const lag = must('{"changes": n}, {"ms": n}, or a list of such', (value) =>
  Array.isArray(value) ? value.length > 0 && value.every(isLag) : isLag(value),
);

const match = shaped<FaultMatch>({
  service: oneOf('graph', 'entra', 'all'),
  method: text,
  template: text,
  url: must('a regular expression', isRegularExpression),
  tenantId: text,
  appId: text,
  batchMember: flag,
  nth: fromOne,
  every: fromOne,
  share,
  times: fromOne,
});

/** The options of delta rounds, some or all of them. */
export const checkDeltaOptions: Check = shaped<DeltaOptions>({
  pageSize: fromOne,
  linksPerPage: fromOne,
  repeats: share,
  emptyPages: share,
  seed: whole,
});

const fault = shaped<Fault>({
  delayMs: notNegative,
  drop: flag,
  cut: oneOf('length', 'chunk'),
  status,
  code: text,
  message: text,
  retryAfter: notNegative,
  emptyAnswer: flag,
  emptyPage: flag,
  idsOnly: flag,
  expire: oneOf('page', 'delta', 'reset'),
  lag,
  indexLag: must('{"changes": n} or {"ms": n}', isLag),
  delta: checkDeltaOptions,
});

const rule = shaped<FaultRule>({ id: text, match, fault, forMs: notNegative, seed: whole });

/** A rule, or an EmulatorError `fault-rule-invalid` that names the property: `rules[0].match.share must be…`. */
export function checkFaultRule(path: string, value: unknown): FaultRule {
  const missing = isJsonObject(value) && value['fault'] === undefined ? '.fault is missing' : undefined;
  const problem = rule(value) ?? missing;
  if (problem !== undefined) throw new EmulatorError('fault-rule-invalid', `${path}${problem}`);
  return value as FaultRule;
}

function isLag(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const [[unit, amount] = [], more] = Object.entries(value);
  return more === undefined && (unit === 'changes' || unit === 'ms') && typeof amount === 'number' && amount >= 0;
}

function isRegularExpression(value: unknown): boolean {
  try {
    return typeof value === 'string' && value !== '' && new RegExp(value) instanceof RegExp;
  } catch {
    return false;
  }
}
