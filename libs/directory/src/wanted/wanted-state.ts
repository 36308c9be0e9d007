import { createHash } from 'node:crypto';
import type { DirectoryPerson, MappedFields } from '../mapping/learner-fields.ts';
import type { FieldRules, MappedPerson } from '../mapping/map-fields.ts';

/** Why a person is to be inactive, and what was read that shows it. */
export interface Removal {
  readonly cause: 'left' | 'deleted' | 'disabled';
  readonly proof: string;
  /** Who approved it, where somebody had to. */
  readonly approvedBy?: string;
}

/** Everything wanted of one person: what an event carries, without its version. */
export interface WantedState {
  readonly personId: string;
  readonly active: boolean;
  readonly removal?: Removal;
  readonly userPrincipalName: string;
  readonly userType: 'Member' | 'Guest';
  /** Graph's `mail`, of people whose user principal name may be no mailbox: guests. */
  readonly mail?: string;
  /** By which somebody is known who was a learner before; absent where the directory says none. */
  readonly employeeId?: string;
  readonly fields: MappedFields;
  /** By the ids of the organisation's custom fields; absent where none is mapped. */
  readonly customFields?: Readonly<Record<string, string | null>>;
  /** Absent where every field is simply set to what the state says. */
  readonly fieldRules?: FieldRules;
  /** Absent where managers aren't assigned. */
  readonly managerId?: string | null;
}

/** The state wanted of a person who is in the group and whose account is enabled, by what their mapping came to. */
export function wantedState(
  person: DirectoryPerson,
  { fields, customFields, fieldRules }: Pick<MappedPerson, 'fields' | 'customFields' | 'fieldRules'>,
): WantedState {
  const mail = guestMail(person);
  const employeeId = employeeIdOf(person);
  return {
    personId: person.id,
    active: true,
    userPrincipalName: person.userPrincipalName,
    userType: isGuest(person) ? 'Guest' : 'Member',
    ...(mail === undefined ? {} : { mail }),
    ...(employeeId === undefined ? {} : { employeeId }),
    fields,
    ...(Object.keys(customFields).length > 0 ? { customFields } : {}),
    ...(Object.values(fieldRules).some((named: string[]) => named.length > 0) ? { fieldRules } : {}),
    ...(person.managerId === undefined ? {} : { managerId: person.managerId }),
  };
}

const isGuest = ({ userType }: DirectoryPerson) => userType?.toLowerCase() === 'guest';

// RFC 3696 section 3: 64 octets, an @ and 255. Nothing longer is an address.
const LONGEST_ADDRESS = 320;

/** The name of somebody of another tenant has `#EXT#` in it (properties of a B2B user), whatever the user's type. */
function guestMail(person: DirectoryPerson): string | undefined {
  const mail = person.mail?.trim() ?? '';
  const wanted = isGuest(person) || /#EXT#/i.test(person.userPrincipalName);
  return wanted && mail !== '' && mail.length <= LONGEST_ADDRESS ? mail : undefined;
}

// Graph's own limit is sixteen characters; an event has room for these.
const LONGEST_EMPLOYEE_ID = 64;

function employeeIdOf(person: DirectoryPerson): string | undefined {
  const employeeId = person.employeeId?.trim() ?? '';
  return employeeId !== '' && employeeId.length <= LONGEST_EMPLOYEE_ID ? employeeId : undefined;
}

/** The state wanted of a person who is to be inactive: everything stays as it was last known. */
export function removedState(last: WantedState, removal: Removal): WantedState {
  return { ...last, active: false, removal };
}

/**
 * A digest of what the state says; equal states have equal hashes. The words of a proof are left out: a second proof of
 * the same cause is no change. The rules of fields are in it, so that everybody is emitted again when they change.
 */
export function hashOf(state: WantedState): string {
  const { fields, customFields, fieldRules } = state;
  const said = [
    state.personId,
    state.active,
    state.removal?.cause ?? null,
    state.userPrincipalName,
    state.userType,
    // Nobody's manager and nobody assigned are two things to say.
    state.managerId === undefined ? 'not assigned' : state.managerId,
    // Only where there is one: the states of everybody else keep the hash that they have.
    ...(state.mail === undefined ? [] : [{ mail: state.mail }]),
    ...(state.employeeId === undefined ? [] : [{ employeeId: state.employeeId }]),
    sorted(fields),
    ...(customFields || fieldRules ? [sorted(customFields ?? {}), fieldRules ? sorted(fieldRules) : []] : []),
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
}

const sorted = (named: object) => Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));
