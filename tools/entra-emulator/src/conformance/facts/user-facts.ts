import type { DirectoryFile } from '../../directory/directory-file.ts';
import type { FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get } from '../requests.ts';

const directory: DirectoryFile = {
  tenant: {
    id: '00000000-0000-4000-8000-00000000cafe',
    displayName: 'Contoso',
    verifiedDomains: [{ name: 'contoso.example', isDefault: true }],
  },
  users: [
    {
      id: '10000000-0000-4000-8000-000000000001',
      displayName: 'Adele Vance',
      userPrincipalName: 'adele@contoso.example',
    },
  ],
  groups: [],
};

/** What a user reads as. */
export const userFacts: FactGroup = {
  title: 'users',
  world: () => openFactWorld({ directory }),
  facts: [
    {
      lines: ['4/1'],
      says: 'reads a user as the default set of eleven properties',
      ask: get('/users/adele@contoso.example'),
      status: 200,
      keys: ['businessPhones', 'id', 'userPrincipalName'],
      types: { jobTitle: 'null', businessPhones: 'array', accountEnabled: 'undefined' },
      check: ({ body }) =>
        Object.keys(body as object).length === 12 ? undefined : 'more or fewer than @odata.context and 11 properties',
    },
  ],
};
