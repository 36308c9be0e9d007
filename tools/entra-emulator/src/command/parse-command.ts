import { parseArgs } from 'node:util';
import type { ControlReach } from '../control/admission.ts';

/** What the command line asks for. Files and folders are as given. */
export type Command =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'serve';
      /** None for the sample company. */
      readonly directories: readonly string[];
      readonly generated: { readonly people: number; readonly seed: number } | undefined;
      readonly scenario: string | undefined;
      readonly throttling: boolean;
      readonly controlFor: ControlReach;
      readonly host: string;
      readonly port: number;
      readonly tlsPort: number;
      readonly caFile: string;
      readonly latencyMs: number;
    }
  | {
      readonly kind: 'generate';
      readonly out: string;
      readonly people: number;
      readonly seed: number;
      readonly counts: Readonly<Partial<Record<'groups' | 'depth' | 'guests' | 'disabled' | 'photos', number>>>;
      readonly managerCycle: boolean;
    };

const MAX_SEED = 2 ** 32 - 1;

/** A command line that can't be followed; the message is for the person who typed it. */
export class UsageError extends Error {
  readonly code = 'bad-usage';
}

/** Reads the arguments after the program's name. */
export function parseCommand(args: readonly string[]): Command {
  return args[0] === 'generate' ? parseGenerate(args.slice(1)) : parseServe(args);
}

function parseServe(args: readonly string[]): Command {
  const text = { type: 'string' } as const;
  const options = {
    directory: { type: 'string', multiple: true },
    people: text,
    seed: text,
    scenario: text,
    control: text,
    'no-throttling': { type: 'boolean' },
    host: text,
    port: text,
    tls: text,
    ca: text,
    latency: text,
    help: { type: 'boolean' },
  } as const;
  const values = attempt(() => parseArgs({ args: [...args], options, strict: true }).values);
  if (values.help) return { kind: 'help' };
  const ca = values.ca ?? '.learnamp/emulator/ca.pem';
  return {
    kind: 'serve',
    directories: values.directory ?? [],
    generated: generatedBy(values),
    scenario: values.scenario,
    throttling: values['no-throttling'] !== true,
    controlFor: oneOf('control', values.control ?? 'this-machine', ['this-machine', 'anybody']),
    host: values.host ?? '127.0.0.1',
    port: whole('port', values.port ?? '4100', 65_535),
    tlsPort: whole('tls', values.tls ?? '4143', 65_535),
    caFile: ca,
    latencyMs: whole('latency', values.latency ?? '0', 600_000),
  };
}

function generatedBy(values: {
  directory?: string[];
  people?: string;
  seed?: string;
}): (Command & { kind: 'serve' })['generated'] {
  const { directory, people, seed } = values;
  if (people === undefined && seed !== undefined) throw new UsageError('--seed goes with --people');
  if (people === undefined) return undefined;
  if (directory !== undefined) throw new UsageError('either --directory or --people');
  return { people: whole('people', people, 1_000_000), seed: whole('seed', seed ?? '1', MAX_SEED) };
}

function parseGenerate(args: readonly string[]): Command {
  const text = { type: 'string' } as const;
  const numbers = { groups: text, depth: text, guests: text, disabled: text, photos: text };
  const flags = { 'manager-cycle': { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const options = { people: text, seed: text, out: text, ...numbers, ...flags };
  const values = attempt(() => parseArgs({ args: [...args], options, strict: true }).values);
  if (values.help) return { kind: 'help' };
  const counts: Partial<Record<keyof typeof numbers, number>> = {};
  for (const name of ['groups', 'depth', 'guests', 'disabled', 'photos'] as const) {
    if (values[name] !== undefined) counts[name] = whole(name, values[name], 1_000_000);
  }
  return {
    kind: 'generate',
    out: needed('out', values.out),
    people: whole('people', needed('people', values.people), 1_000_000),
    seed: whole('seed', values.seed ?? '1', MAX_SEED),
    counts,
    managerCycle: values['manager-cycle'] === true,
  };
}

function attempt<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0], { cause: error });
  }
}

function needed(name: string, value: string | undefined): string {
  if (value === undefined) throw new UsageError(`--${name} is needed`);
  return value;
}

function oneOf<Value extends string>(name: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${name} must be one of ${allowed.join(', ')}, not "${value}"`);
  return found;
}

function whole(name: string, value: string, max: number): number {
  if (!/^\d+$/.test(value) || Number(value) > max) {
    throw new UsageError(`--${name} must be a whole number up to ${max}, not "${value}"`);
  }
  return Number(value);
}
