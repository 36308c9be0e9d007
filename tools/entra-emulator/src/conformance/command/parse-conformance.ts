import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { UsageError } from '../../command/parse-command.ts';

export const usage = `Usage: npm run conformance -- FOLDER [options]

Holds the emulator against recorded answers of Microsoft: for each JSON file below FOLDER a situation is made in which
the emulator has to answer like it.

  --types FILE   OpenAPI file with Microsoft's property types: every directory answer, also those of a sweep over all
                 read routes, has to pass them
  --facts FILE   digest of facts: every line of its sections 1 to 8 needs a fact, and every fact has to hold
  --help         this text

Exit code 1 when something differs, 2 when the arguments are wrong.
`;

/** What the command line asks for. */
export type ConformanceCommand =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'check';
      readonly folder: string;
      readonly typesFile: string | undefined;
      readonly factsFile: string | undefined;
    };

/** Reads the arguments after the program's name. Throws a UsageError for what can't be followed. */
export function parseConformance(args: readonly string[]): ConformanceCommand {
  const { values, positionals } = attempt(() =>
    parseArgs({
      args: [...args],
      options: { types: { type: 'string' }, facts: { type: 'string' }, help: { type: 'boolean' } },
      allowPositionals: true,
      strict: true,
    }),
  );
  if (values.help) return { kind: 'help' };
  const [folder, ...surplus] = positionals;
  if (folder === undefined) throw new UsageError('a folder of examples is needed');
  if (surplus[0] !== undefined) throw new UsageError(`there is no use for "${surplus[0]}": one folder is enough`);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`there is no folder ${folder}`);
  for (const file of [values.types, values.facts]) {
    if (file !== undefined && !statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new UsageError(`there is no file ${file}`);
  }
  return { kind: 'check', folder, typesFile: values.types, factsFile: values.facts };
}

function attempt<Result>(parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0], { cause: error });
  }
}
