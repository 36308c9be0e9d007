import type { JsonObject } from '../../../json.ts';
import type { DirectoryObject } from '../../../directory/change.ts';
import type { DirectoryReads } from '../../../directory/directory.ts';
import { conflict } from '../../protocol/property-refusals.ts';

/**
 * The properties of a write, with the addresses that go with a new `mail`: it becomes the primary one, and the one before
 * stays as another. Refuses a mail that is an address of somebody else.
 */
export function withAddresses(
  directory: DirectoryReads,
  properties: JsonObject,
  before?: Pick<DirectoryObject, 'id' | 'properties'>,
): JsonObject {
  const { mail } = properties;
  if (typeof mail !== 'string' || mail === before?.properties['mail']) return properties;
  if (addressTaken(directory, mail, before?.id)) throw conflict('proxyAddresses');
  const others = addressesOf(before)
    .filter((address) => addressOnly(address) !== mail.toLowerCase())
    .map((address) => address.replace(/^SMTP:/, 'smtp:'));
  return { ...properties, proxyAddresses: [`SMTP:${mail}`, ...others] };
}

/** Whether another object than the given one has the address. */
export function addressTaken(directory: DirectoryReads, mail: string, ownId: string | undefined): boolean {
  const wanted = mail.toLowerCase();
  return (['user', 'group', 'orgContact'] as const).some((kind) =>
    directory
      .everyId(kind)
      .some((id) => id !== ownId && addressesOf(directory.find(id)).some((one) => addressOnly(one) === wanted)),
  );
}

/** `SMTP:` and `smtp:` addresses of an object. */
export function addressesOf(object: Pick<DirectoryObject, 'properties'> | undefined): string[] {
  const addresses = object?.properties['proxyAddresses'];
  return Array.isArray(addresses) ? addresses.map(String) : [];
}

/** An address without its prefix, in lower case. */
export function addressOnly(address: string): string {
  return address.replace(/^smtp:/i, '').toLowerCase();
}
