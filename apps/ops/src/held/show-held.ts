import type { Command } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { heldPeople } from './held-people.ts';

export const showHeld: Command = {
  name: 'held show',
  takes: '--organisation O',
  about: 'which changes wait for approval, and why',
  flags: organisationFlag,
  run: async ({ connection }, args) => {
    const { id } = await findOrganisation(connection, args);
    const held = await heldPeople(connection, id);
    if (!held) return { data: null, text: 'nothing waits for approval' };
    const { set, people } = held;
    const rows = people.map(({ personId, name, userPrincipalName, direction, because, heldSince }) => [
      personId,
      name,
      userPrincipalName,
      direction,
      heldSince.toISOString(),
      because,
    ]);
    const table = headed(['person', 'name', 'signs in as', 'change', 'since', 'because'], rows);
    return { data: { ...set, people }, text: `${set.reason}\n\n${table}` };
  },
};
