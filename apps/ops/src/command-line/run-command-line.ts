import { describeStartFailure } from '@learnamp/service';
import { commands } from '../commands.ts';
import { readArguments } from './arguments.ts';
import { type Command, type Surroundings, UsageError } from './command.ts';
import { helpOf, overview } from './help.ts';

export interface CommandLineDeps {
  /** Opens what commands work with; called once a command is known and written well. */
  readonly open: () => Promise<Omit<Surroundings, 'print'> & { readonly close: () => Promise<void> }>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs what was asked for; the answer is the exit code. */
export async function runCommandLine(args: readonly string[], deps: CommandLineDeps): Promise<number> {
  const command = commandOf(args);
  if (!command) return withoutCommand(args, deps);
  if (args.includes('--help')) {
    deps.out(helpOf(command));
    return 0;
  }
  try {
    return await perform(command, args, deps);
  } catch (error) {
    deps.err(error instanceof UsageError ? error.message : describeStartFailure(error));
    return 2;
  }
}

/** The command whose words the arguments begin with: of `settings` and `settings set` the longer one. */
function commandOf(args: readonly string[]): Command | undefined {
  const begins = ({ name }: Command) => name.split(' ').every((word, at) => args[at] === word);
  return commands.filter(begins).sort((a, b) => b.name.length - a.name.length)[0];
}

function withoutCommand(args: readonly string[], { out, err }: CommandLineDeps): number {
  if (args.length === 0 || args[0] === '--help' || args[0] === 'help') {
    out(overview(commands));
    return 0;
  }
  err(`there is no command ${JSON.stringify(args.join(' '))}; learnamp-ops --help lists them`);
  return 2;
}

async function perform(command: Command, args: readonly string[], { open, out }: CommandLineDeps): Promise<number> {
  const given = readArguments(command, args.slice(command.name.split(' ').length));
  const surroundings = await open();
  try {
    const answer = await command.run({ ...surroundings, print: out }, given);
    if (!answer.isSaid) out(given.has('json') ? JSON.stringify(answer.data, null, 2) : answer.text);
    return answer.exitCode ?? 0;
  } finally {
    await surroundings.close();
  }
}
