import { readFileSync } from 'node:fs';
import type { Static, TObject } from 'typebox';
import { Value } from 'typebox/value';

/** The environment is not as the schema wants it. Its message names variables and never shows a value. */
export class ConfigError extends Error {
  readonly code = 'invalid-configuration';
  readonly retriable = false;

  constructor(problems: readonly string[]) {
    super(`invalid configuration: ${problems.join('; ')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Reads a service's configuration from the environment, all of it at once. A variable may be given as a file instead
 * (`NAME_FILE` for `NAME`), which is how Kubernetes mounts secrets. Empty variables count as absent.
 * @throws ConfigError with every problem in one line.
 */
export function loadConfig<Schema extends TObject>(schema: Schema, env: NodeJS.ProcessEnv): Static<Schema> {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(schema.properties)) {
    const value = env[name] ?? fromFile(name, env);
    if (value !== undefined && value !== '') given[name] = value;
  }
  const value = Value.Convert(schema, Value.Default(schema, given));
  if (!Value.Check(schema, value)) throw new ConfigError(problemsOf(schema, value));
  return value;
}

function fromFile(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigError([`${name}_FILE can't be read`]);
  }
}

function problemsOf(schema: TObject, value: unknown): string[] {
  const problems = Value.Errors(schema, value).map((error) => {
    const missing = (error.params as { requiredProperties?: string[] }).requiredProperties;
    if (missing) return missing.map((name) => `${name} is missing`).join('; ');
    const [, name = '?'] = error.instancePath.split('/');
    return `${name} ${error.message}`;
  });
  return [...new Set(problems)];
}
