import { byPath } from '@learnamp/organisations';
import type { Command } from '../command-line/command.ts';
import { table } from '../command-line/table.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';

export const showSettings: Command = {
  name: 'settings show',
  takes: '--organisation O',
  about: 'how provisioning works for an organisation, each setting by its path',
  flags: organisationFlag,
  run: async ({ connection }, args) => {
    const { provisioning } = await findOrganisation(connection, args);
    const rows = [...byPath(provisioning)].map(([path, value]) => [path, JSON.stringify(value)]);
    return { data: provisioning, text: table(rows) };
  },
};
