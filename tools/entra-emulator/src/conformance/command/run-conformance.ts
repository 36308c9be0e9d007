import { readFile } from 'node:fs/promises';
import { UsageError } from '../../command/parse-command.ts';
import { allFacts, linesWithoutFact } from '../all-facts.ts';
import { allScenarios } from '../examples/all-scenarios.ts';
import type { FactGroup, LineWithoutFact } from '../fact.ts';
import { readSchemas, TypeCheck } from '../types/type-check.ts';
import { parseConformance, usage, type ConformanceCommand } from './parse-conformance.ts';
import { reportDigest } from './report-digest.ts';
import { reportExamples } from './report-examples.ts';
import { reportTypes } from './report-types.ts';

/** What the command says, and the facts that it compares a digest with. */
export interface ConformanceDeps {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
  readonly facts: readonly FactGroup[];
  readonly linesWithoutFact: readonly LineWithoutFact[];
}

const usual: ConformanceDeps = {
  print: (line) => console.log(line),
  printError: (line) => console.error(line),
  facts: allFacts,
  linesWithoutFact,
};

/** Does what the command line asks for. The exit code: 1 when something differs, 2 when the arguments are wrong. */
export async function runConformance(args: readonly string[], changed: Partial<ConformanceDeps> = {}): Promise<number> {
  const deps = { ...usual, ...changed };
  try {
    const command = parseConformance(args);
    if (command.kind === 'check') return (await check(command, deps)) ? 0 : 1;
    deps.print(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    deps.printError(`conformance: ${error.message.replaceAll('\n', ' ')}`);
    return 2;
  }
}

async function check(
  { folder, typesFile, factsFile }: ConformanceCommand & { kind: 'check' },
  { print, facts, linesWithoutFact }: ConformanceDeps,
): Promise<boolean> {
  const types = typesFile === undefined ? undefined : new TypeCheck(await readSchemas(typesFile));
  const digest = factsFile === undefined ? undefined : await readFile(factsFile, 'utf8');
  const results = [await reportExamples(folder, allScenarios, (answer) => types?.check(answer), print)];
  if (types !== undefined) results.push(await reportTypes(types, print));
  if (digest !== undefined) results.push(await reportDigest(digest, facts, linesWithoutFact, print));
  return results.every(Boolean);
}
