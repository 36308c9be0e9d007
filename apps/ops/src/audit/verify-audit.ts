import { verifyAudit as verify } from '@learnamp/organisations';
import type { Command } from '../command-line/command.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';

export const verifyAudit: Command = {
  name: 'audit verify',
  takes: '--organisation O',
  about: 'whether the audit log is as it was written: no entry changed, none missing',
  flags: organisationFlag,
  run: async ({ connection }, args) => {
    const { id } = await findOrganisation(connection, args);
    const verdict = await verify(connection, id);
    const { entries, problem } = verdict;
    const text = problem ?? `${entries} ${entries === 1 ? 'entry' : 'entries'}, all as they were written`;
    return { data: verdict, text, exitCode: problem === null ? 0 : 1 };
  },
};
