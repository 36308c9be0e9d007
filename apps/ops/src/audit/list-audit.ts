import { auditEntryModel } from '@learnamp/organisations';
import type { Command } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';

export const listAudit: Command = {
  name: 'audit list',
  takes: '--organisation O',
  about: 'who changed which setting of an organisation, and when; newest first',
  flags: organisationFlag,
  run: async ({ connection }, args) => {
    const { id } = await findOrganisation(connection, args);
    const entries = await auditEntryModel(connection).find({ organisationId: id }).sort({ sequence: -1 }).lean();
    const rows = entries.flatMap(({ at, actor, changes }) =>
      changes.map(({ path, old, new: now }) => [
        at.toISOString(),
        `${actor.kind} ${actor.id}`,
        path,
        `${JSON.stringify(old)} → ${JSON.stringify(now)}`,
      ]),
    );
    return { data: entries, text: headed(['at', 'who', 'setting', 'change'], rows) };
  },
};
