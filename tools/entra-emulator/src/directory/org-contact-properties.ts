import type { Properties } from './property-type.ts';

/** The properties of Graph's orgContact: somebody outside who can be a member of groups and a manager. */
export const orgContactProperties: Properties = {
  companyName: { type: 'text' },
  deletedDateTime: { type: 'date' },
  department: { type: 'text' },
  displayName: { type: 'text', maxLength: 256, required: true },
  givenName: { type: 'text' },
  id: { type: 'text', required: true },
  jobTitle: { type: 'text' },
  mail: { type: 'text' },
  mailNickname: { type: 'text' },
  onPremisesLastSyncDateTime: { type: 'date' },
  onPremisesSyncEnabled: { type: 'boolean' },
  proxyAddresses: { type: 'texts' },
  surname: { type: 'text' },
};

export const defaultOrgContactProperties: readonly string[] = Object.keys(orgContactProperties);
