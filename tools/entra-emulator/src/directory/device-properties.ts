import type { Properties } from './property-type.ts';

/** The properties of Graph's device, as far as one matters as a member of groups. */
export const deviceProperties: Properties = {
  accountEnabled: { type: 'boolean' },
  approximateLastSignInDateTime: { type: 'date' },
  createdDateTime: { type: 'date' },
  deletedDateTime: { type: 'date' },
  deviceId: { type: 'text' },
  displayName: { type: 'text', maxLength: 256, required: true },
  id: { type: 'text', required: true },
  isCompliant: { type: 'boolean' },
  isManaged: { type: 'boolean' },
  manufacturer: { type: 'text' },
  model: { type: 'text' },
  onPremisesSyncEnabled: { type: 'boolean' },
  operatingSystem: { type: 'text' },
  operatingSystemVersion: { type: 'text' },
  profileType: { type: 'text' },
  trustType: { type: 'text' },
};

export const defaultDeviceProperties: readonly string[] = Object.keys(deviceProperties);
