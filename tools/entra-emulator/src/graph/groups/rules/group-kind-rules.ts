import type { DirectoryObject } from '../../../directory/change.ts';
import type { JsonObject } from '../../../json.ts';
import { invalidValue, readOnlyProperty } from '../../protocol/property-refusals.ts';
import { badRequest, notImplemented } from '../../protocol/refusals.ts';
import { isDynamic, isExchanges, isMicrosoft365, isRoleAssignable } from '../group-kind.ts';

/** Exchange's settings of a group can be set once there is a mailbox. */
const SET_LATER = [
  'allowExternalSenders',
  'autoSubscribeNewMembers',
  'hideFromAddressLists',
  'hideFromOutlookClients',
  'isSubscribedByMail',
];

/** Decided when the group is made, for ever. */
const SET_AT_ONCE = ['isAssignableToRole', 'resourceBehaviorOptions', 'resourceProvisioningOptions', 'uniqueName'];

/** Refuses a new group of a kind that Graph can't make: only security groups and Microsoft 365 groups. */
export function checkNewKind(properties: JsonObject): void {
  refuseRules(properties);
  const group = { properties };
  for (const name of SET_LATER) if (properties[name] !== undefined) throw invalidValue(name, 'Group');
  if (isExchanges(group)) throw badRequest('Cannot Create a mail-enabled security groups and or distribution list.');
  checkEnabled(group);
  if (isHidden(properties) && !isMicrosoft365(group)) throw invalidValue('visibility', 'Group');
  if (isRoleAssignable(group) && properties['securityEnabled'] !== true)
    throw invalidValue('isAssignableToRole', 'Group');
}

/** Refuses to make another kind of group of one. */
export function checkSameKind(group: DirectoryObject, properties: JsonObject): void {
  for (const name of SET_AT_ONCE) if (properties[name] !== undefined) throw readOnlyProperty(name);
  refuseRules(properties);
  const after = { properties: { ...group.properties, ...properties } };
  if (isMicrosoft365(after) !== isMicrosoft365(group)) throw invalidValue('groupTypes', 'Group');
  if (isDynamic(after) !== isDynamic(group)) throw noRules();
  if (['groupTypes', 'mailEnabled', 'securityEnabled'].some((name) => properties[name] !== undefined)) {
    if (isExchanges(after)) throw exchanges();
    checkEnabled(after);
  }
  if (isHidden(after.properties) !== isHidden(group.properties)) throw invalidValue('visibility', 'Group');
}

/** Refuses every write to what is Exchange's. */
export function checkNotExchanges(group: DirectoryObject): void {
  if (isExchanges(group)) throw exchanges();
}

function exchanges(): Error {
  return badRequest('Cannot Update a mail-enabled security groups and or distribution list.');
}

function checkEnabled(group: Pick<DirectoryObject, 'properties'>): void {
  const { mailEnabled, securityEnabled } = group.properties;
  if (isMicrosoft365(group)) {
    if (mailEnabled !== true) throw invalidValue('mailEnabled', 'Group');
  } else if (securityEnabled !== true) {
    throw badRequest(
      'The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.',
    );
  }
}

function refuseRules(properties: JsonObject): void {
  const rule = properties['membershipRule'] ?? properties['membershipRuleProcessingState'];
  if (rule !== undefined && rule !== null) throw noRules();
}

function noRules(): Error {
  return notImplemented('rules that make members; a dynamic group and its members come from the directory file');
}

function isHidden({ visibility }: JsonObject): boolean {
  return typeof visibility === 'string' && visibility.toLowerCase() === 'hiddenmembership';
}
