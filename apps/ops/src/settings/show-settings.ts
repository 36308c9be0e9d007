import { byPath } from '@learnamp/organisations';
import type { Command } from '../command-line/command.ts';
import { table } from '../command-line/table.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { settingsOf } from './settings-of.ts';

export const showSettings: Command = {
  name: 'settings show',
  takes: '--organisation O',
  about: 'how provisioning, signing in and notices work for an organisation, each setting by its path',
  flags: organisationFlag,
  run: async ({ connection }, args) => {
    const settings = settingsOf(await findOrganisation(connection, args));
    const rows = [...byPath(settings)].map(([path, value]) => [path, JSON.stringify(value)]);
    return { data: settings, text: table(rows) };
  },
};
