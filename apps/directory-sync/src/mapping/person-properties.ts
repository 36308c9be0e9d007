import { mappedProperties } from '@learnamp/directory';
import { type Organisation, propertiesOf } from '@learnamp/organisations';

/** The properties that are read of each person of an organisation: what is always read, and what its rules read. */
export const personProperties = ({ provisioning }: Pick<Organisation, 'provisioning'>): string[] => [
  ...new Set([...mappedProperties, ...propertiesOf(provisioning.mapping)]),
];
