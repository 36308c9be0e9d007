import { EmulatorError } from '../emulator-error.ts';
import { isJsonObject } from '../json.ts';
import type { Schedule } from '../notifications/schedule.ts';
import { checkCommand } from './check-command.ts';
import type { Control } from './control.ts';
import type { ControlCommand } from './control-command.ts';

/** A command and when it is given: milliseconds of the emulator's clock after the start. */
export interface ScenarioStep {
  readonly atMs: number;
  readonly command: ControlCommand;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a scenario: a JSON list of commands, each with `at`, such as `"30s"`, `"5m"`, `"2h"` or `"1d"`, beside `do`.
 * Throws an EmulatorError `scenario-invalid` whose one line names what is wrong.
 */
export function parseScenario(textOfFile: string): ScenarioStep[] {
  const steps = parse(textOfFile);
  if (!Array.isArray(steps)) throw invalid('must be a list of commands');
  return steps.map((step: unknown, index) => {
    const path = `step ${index + 1}`;
    if (!isJsonObject(step)) throw invalid(`${path} must be an object`);
    const { at, ...command } = step;
    const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(typeof at === 'string' ? at : '') ?? [];
    if (amount === undefined) throw invalid(`${path}.at must be a time such as "30s", "5m", "2h" or "1d"`);
    return { atMs: Number(amount) * (UNITS[unit] ?? 0), command: checked(path, command) };
  });
}

/** Gives each command when its time has come. What can't be carried out is reported, and the others go on. */
export function playScenario(
  steps: readonly ScenarioStep[],
  control: Control,
  schedule: Schedule,
  report: (line: string) => void,
): void {
  for (const { atMs, command } of steps) {
    schedule(() => {
      control.run(command).then(
        () => report(`scenario: ${command.do}`),
        (error: unknown) => report(`scenario: ${command.do} failed: ${(error as Error).message}`),
      );
    }, atMs);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`is not JSON: ${(error as Error).message}`);
  }
}

function checked(path: string, command: unknown): ControlCommand {
  try {
    return checkCommand(path, command);
  } catch (error) {
    throw error instanceof EmulatorError ? invalid(error.message) : error;
  }
}

function invalid(message: string): EmulatorError {
  return new EmulatorError('scenario-invalid', message);
}
