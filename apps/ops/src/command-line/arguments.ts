import { parseArgs, type ParseArgsConfig } from 'node:util';
import { type Command, UsageError } from './command.ts';

/** What a command was given. */
export interface Arguments {
  /** A flag's text. */
  text(name: string): string | undefined;
  /** A flag's text. @throws UsageError where it is missing. */
  wanted(name: string): string;
  has(name: string): boolean;
  /** What is no flag, in order. */
  readonly words: readonly string[];
}

/** @throws UsageError in one line, where a flag is unknown or lacks its value. */
export function readArguments(command: Pick<Command, 'name' | 'flags'>, args: readonly string[]): Arguments {
  const { values, positionals } = parsed(command, args);
  const text = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    text,
    wanted: (name) => {
      const value = text(name);
      if (value === undefined) throw new UsageError(`--${name} is missing; ${helpOf(command)}`);
      return value;
    },
    has: (name) => values[name] === true,
    words: positionals,
  };
}

function parsed(command: Pick<Command, 'name' | 'flags'>, args: readonly string[]) {
  const own = Object.entries(command.flags).map(([name, { type }]) => [name, { type }] as const);
  const options: NonNullable<ParseArgsConfig['options']> = {
    ...Object.fromEntries(own),
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const [line = 'bad flags'] = error instanceof Error ? error.message.split(/[.\n]/) : [];
    throw new UsageError(`${line}; ${helpOf(command)}`, { cause: error });
  }
}

const helpOf = ({ name }: Pick<Command, 'name'>) => `learnamp-ops ${name} --help says how it is written`;
