import { verifyAudit as verify } from '@learnamp/organisations';
import type { Arguments } from '../command-line/arguments.ts';
import { type Answer, type Command, type Surroundings, UsageError } from '../command-line/command.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { verifyFile } from './verify-file.ts';

export const verifyAudit: Command = {
  name: 'audit verify',
  takes: '--organisation O [--file F] | --file F',
  about:
    'whether the audit log, or an export of it as JSON Lines, is as it was written: no entry changed, none missing',
  flags: {
    ...organisationFlag,
    file: { type: 'string', about: 'an export; with an organisation held against its log' },
  },
  run: async (surroundings, args) => {
    const file = args.text('file');
    if (file !== undefined) return verifyExport(surroundings, args, file);
    const { id } = await findOrganisation(surroundings.connection, args);
    return answerOf(await verify(surroundings.connection, id));
  },
};

async function verifyExport({ connection }: Surroundings, args: Arguments, file: string): Promise<Answer> {
  const organisation = args.text('organisation') === undefined ? undefined : await findOrganisation(connection, args);
  return answerOf(
    await verifyFile(connection, file, organisation?.id).catch((error: unknown) => {
      throw new UsageError(`${file} can't be read`, { cause: error });
    }),
  );
}

interface Verdict {
  readonly entries: number;
  readonly problem: string | null;
  /** Of a file: where it begins and ends. */
  readonly from?: number;
  readonly hash?: string;
}

function answerOf(verdict: Verdict): Answer {
  const { entries, problem, from, hash } = verdict;
  const ends = hash === undefined ? '' : `, from number ${from} on, ending with hash ${hash}`;
  const text = problem ?? `${entries} ${entries === 1 ? 'entry' : 'entries'}, all as they were written${ends}`;
  return { data: verdict, text, exitCode: problem === null ? 0 : 1 };
}
