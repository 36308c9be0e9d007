import { EmulatorError } from '../emulator-error.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { checkCommand } from './check-command.ts';
import type { ControlCommand } from './control-command.ts';
import { durationMs } from './duration.ts';

/** When a command is given, counted from the start: by the emulator's clock, or by the requests that Graph has answered. */
export type ScenarioMoment = { readonly afterMs: number } | { readonly afterRequests: number };

export interface ScenarioStep {
  readonly moment: ScenarioMoment;
  readonly command: ControlCommand;
}

/**
 * Reads a scenario: a JSON list of commands, each with `after` (seconds, or a duration such as `"PT5M"`) or `afterRequests`
 * beside `do`. Throws an EmulatorError `scenario-invalid` whose one line names what is wrong.
 */
export function parseScenario(textOfFile: string): ScenarioStep[] {
  const steps = parse(textOfFile);
  if (!Array.isArray(steps)) throw invalid('must be a list of commands');
  return steps.map((step: unknown, index) => parseStep(`step ${index + 1}`, step));
}

function parseStep(path: string, step: unknown): ScenarioStep {
  if (!isJsonObject(step)) throw invalid(`${path} must be an object`);
  const { after, afterRequests, ...command } = step;
  return { moment: momentOf(path, { after, afterRequests }), command: checked(path, command) };
}

function momentOf(path: string, { after, afterRequests }: JsonObject): ScenarioMoment {
  if ((after === undefined) === (afterRequests === undefined)) {
    throw invalid(`${path} must have either after or afterRequests`);
  }
  if (after === undefined) {
    if (!Number.isInteger(afterRequests) || Number(afterRequests) < 1) {
      throw invalid(`${path}.afterRequests must be a whole number from 1`);
    }
    return { afterRequests: Number(afterRequests) };
  }
  const afterMs = durationMs(after);
  if (afterMs === undefined) throw invalid(`${path}.after must be seconds, or a duration such as "PT30S" or "P1DT2H"`);
  return { afterMs };
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
