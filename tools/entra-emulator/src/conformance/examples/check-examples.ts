import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { differences } from './compare.ts';
import type { ForeignExample, Scenario } from './scenario.ts';
import { onStage, type RecordedAnswer } from './stage.ts';

export type Verdict = 'agrees' | 'differs' | 'not a directory or identity answer';

/** What became of one file. */
export interface ExampleRow {
  readonly file: string;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
}

/** The files of a folder of examples and of the folders in it, sorted. */
export async function exampleFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.split(sep).join('/'))
    .sort();
}

/** Plays the scenario of one file and compares. Whatever Graph answers meanwhile is recorded. */
export async function checkExample(
  folder: string,
  file: string,
  scenarios: readonly (Scenario | ForeignExample)[],
  record: (answer: RecordedAnswer) => void,
): Promise<ExampleRow> {
  const scenario = scenarios.find((candidate) => candidate.file === file);
  if (scenario === undefined) return { file, verdict: 'differs', reasons: ['no scenario'] };
  if ('foreign' in scenario)
    return { file, verdict: 'not a directory or identity answer', reasons: [scenario.foreign] };
  const example = await readExample(join(folder, file));
  const found = example === undefined ? ['no JSON object'] : await play(scenario, example, record);
  if (found.length > 0) return { file, verdict: 'differs', reasons: found };
  return { file, verdict: 'agrees', reasons: scenario.oddity === undefined ? [] : [scenario.oddity] };
}

async function readExample(file: string): Promise<JsonObject | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function play(
  scenario: Scenario,
  example: JsonObject,
  record: (answer: RecordedAnswer) => void,
): Promise<string[]> {
  try {
    const wanted = scenario.corrected?.(example) ?? example;
    return differences(wanted, await onStage(record, (stage) => scenario.answer(wanted, stage)), scenario);
  } catch (error) {
    // The emulator can't be brought into this situation, or refuses what the example says it should answer.
    return [(error as Error).message];
  }
}
