import type { Campaigns } from './campaign.ts';
import { helpText } from './help.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { createProgress, type Output } from './progress.ts';
import { keepResults, workspaceRoot } from './results.ts';
import { runCampaign } from './run-campaign.ts';
import { renderTable } from './table.ts';

export interface CommandOptions {
  /** `figures` or `bench`: the name of the script, and of the folder where results are kept. */
  readonly command: string;
  readonly campaigns: Campaigns;
  readonly output?: Output;
  /** The workspace's root unless given. */
  readonly root?: string;
}

/** Does what the command line asks for and returns the exit code: 1 when a row falls short, 2 for a bad command line. */
export async function runCommand(args: readonly string[], options: CommandOptions): Promise<number> {
  const { command, campaigns, output = process } = options;
  try {
    const request = parseArguments(args, campaigns);
    if (request.kind === 'help') {
      output.stdout.write(helpText(command, campaigns));
      return 0;
    }
    return await run(request, options, output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.stderr.write(`${command}: ${error.message}\n`);
    return 2;
  }
}

async function run(
  request: Extract<ReturnType<typeof parseArguments>, { kind: 'run' }>,
  { command, root = workspaceRoot }: CommandOptions,
  output: Output,
): Promise<number> {
  const { name, campaign, scale, seed, minutes, only } = request;
  const results = await runCampaign(campaign, { scale, seed, minutes, only, progress: createProgress(output.stderr) });
  output.stdout.write(`${renderTable(results)}\n`);
  if (scale === 1) {
    const { packages, rows } = campaign;
    const ids = rows.map(({ id }) => id);
    const file = await keepResults(`${root}/${command}`, name, results, { scale, seed, packages, ids });
    output.stdout.write(`written to ${file.slice(root.length).replace(/^\//, '')}\n`);
  }
  return results.every(({ ok }) => ok) ? 0 : 1;
}
