import { describe, it } from '@jest/globals';
import type { BusSystem, Check } from './bus-system.ts';
import { consumingChecks } from './consuming-checks.ts';
import { deadLetterChecks } from './dead-letter-checks.ts';
import { failureChecks } from './failure-checks.ts';
import { operatorChecks } from './operator-checks.ts';
import { publishingChecks } from './publishing-checks.ts';
import { replayChecks } from './replay-checks.ts';
import { tracingChecks } from './tracing-checks.ts';

const parts: readonly (readonly [name: string, checks: readonly Check[]])[] = [
  ['publishing', publishingChecks],
  ['consuming', consumingChecks],
  ['failures', failureChecks],
  ['dead letters', deadLetterChecks],
  ['replay', replayChecks],
  ['operating', operatorChecks],
  ['tracing', tracingChecks],
];

/** Runs every fact about a bus against one driver, each on a system of its own. */
export function describeBusContract(withSystem: (run: (system: BusSystem) => Promise<void>) => Promise<void>): void {
  for (const [name, checks] of parts) {
    describe(name, () => {
      for (const { fact, run } of checks) {
        it(fact, () => withSystem(run), 120_000);
      }
    });
  }
}

/** One check by its name, to be run by itself. */
export function checkNamed(fact: string): Check {
  const found = parts.flatMap(([, checks]) => checks).find((check) => check.fact === fact);
  if (found === undefined) throw new Error(`no check is named "${fact}"`);
  return found;
}
