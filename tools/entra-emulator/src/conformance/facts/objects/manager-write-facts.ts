import { at } from '../../check-fact.ts';
import type { FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { after, get, put, remove } from '../../requests.ts';
import { contoso, user, userId } from '../contoso.ts';

const contactId = '30000000-0000-4000-8000-000000000001';

const directory = contoso([user(1), user(3, { onPremisesSyncEnabled: true }), user(6)], [], {
  contacts: [{ id: contactId, displayName: 'Outside Adviser' }],
});

const reference = (path: string): object => ({ '@odata.id': `https://graph.microsoft.com/v1.0/${path}` });

/** How managers are set and cleared. */
export const managerWriteFacts: FactGroup = {
  title: 'writing managers',
  world: () => openFactWorld({ directory }),
  facts: [
    {
      lines: ['4/12'],
      says: 'sets a manager by reference',
      ask: put(`/users/${userId(6)}/manager/$ref`, reference(`users/${userId(1)}`)),
      status: 204,
    },
    {
      lines: ['4/16'],
      says: 'shows the inverse as direct reports',
      ask: get(`/users/${userId(1)}/directReports?$select=id`),
      check: ({ body }) =>
        (at(body, 'value') as { id: string }[]).some(({ id }) => id === userId(6)) ? undefined : 'not among them',
    },
    {
      lines: ['4/12'],
      says: 'takes a contact for a manager',
      ask: after(
        put(`/users/${userId(6)}/manager/$ref`, reference(`contacts/${contactId}`)),
        get(`/users/${userId(6)}/manager`),
      ),
      status: 200,
      values: { '@odata\\.type': '#microsoft.graph.orgContact', id: contactId },
    },
    {
      lines: ['4/12'],
      says: 'refuses a manager who is not there',
      ask: put(`/users/${userId(6)}/manager/$ref`, reference(`users/${userId(99)}`)),
      status: 404,
      code: 'Request_ResourceNotFound',
    },
    {
      lines: ['4/12'],
      says: 'finds no contact among the users',
      ask: put(`/users/${userId(6)}/manager/$ref`, reference(`users/${contactId}`)),
      status: 404,
    },
    {
      lines: ['4/12'],
      says: 'refuses a reference that is no URL',
      ask: put(`/users/${userId(6)}/manager/$ref`, { '@odata.id': userId(1) }),
      status: 400,
      code: 'Request_BadRequest',
    },
    {
      lines: ['4/12'],
      says: 'refuses to make somebody their own manager',
      ask: put(`/users/${userId(6)}/manager/$ref`, reference(`users/${userId(6)}`)),
      status: 400,
    },
    { lines: ['4/12'], says: 'clears a manager', ask: remove(`/users/${userId(6)}/manager/$ref`), status: 204 },
    {
      lines: ['4/12', '8/2'],
      says: 'names the link, not the user, when there is no manager to clear',
      ask: remove(`/users/${userId(6)}/manager/$ref`),
      status: 404,
      code: 'Request_ResourceNotFound',
      values: { 'error.message': /^Resource 'manager' does not exist/ },
    },
    {
      lines: ['4/12'],
      says: 'keeps the manager of somebody who is mastered on premises',
      ask: put(`/users/${userId(3)}/manager/$ref`, reference(`users/${userId(1)}`)),
      status: 400,
      values: { 'error.message': /^Unable to update the specified properties for on-premises mastered/ },
    },
  ],
};
