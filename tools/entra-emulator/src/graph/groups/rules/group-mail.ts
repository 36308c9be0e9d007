import type { DirectoryReads } from '../../../directory/directory.ts';
import type { JsonObject } from '../../../json.ts';
import { conflict } from '../../protocol/property-refusals.ts';
import { addressTaken } from '../../users/rules/mail-addresses.ts';
import { isMicrosoft365 } from '../group-kind.ts';

/** Refuses a nickname that another Microsoft 365 group has: it is the name of a mailbox. */
export function checkMailNickname(directory: DirectoryReads, properties: JsonObject, ownId?: string): void {
  const nickname = lower(properties['mailNickname']);
  if (nickname === undefined || !isMicrosoft365({ properties })) return;
  const taken = directory.everyId('group').some((id) => {
    const group = id === ownId ? undefined : directory.find(id);
    return group && isMicrosoft365(group) && lower(group.properties['mailNickname']) === nickname;
  });
  if (taken) throw conflict('mailNickname');
}

/** The mailbox of a new Microsoft 365 group. */
export function mailboxOf(directory: DirectoryReads, { mailNickname }: JsonObject): JsonObject {
  const domain = directory.tenant.verifiedDomains.find(({ isDefault }) => isDefault);
  const mail = `${typeof mailNickname === 'string' ? mailNickname : ''}@${domain?.name ?? ''}`;
  if (addressTaken(directory, mail, undefined)) throw conflict('proxyAddresses');
  return { mail, proxyAddresses: [`SMTP:${mail}`], visibility: 'Public' };
}

function lower(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}
