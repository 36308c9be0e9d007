import Type, { type Static } from 'typebox';
import { topics } from '../topics.ts';
import { ObjectId, OrganisationId, RunId, VersionText } from './fields.ts';

const text = (maxLength: number) => Type.Union([Type.String({ maxLength }), Type.Null()]);

/** The standard fields of a learner, by Learn Amp's names. `null` means that the directory says nothing. */
export const LearnerFieldsSchema = Type.Object({
  firstName: text(256),
  lastName: text(256),
  displayName: text(256),
  /** The user principal name, by default: the address that a learner signs in with. */
  email: text(320),
  jobTitle: text(256),
  department: text(256),
  location: text(256),
  /** A language tag such as `en-US`. */
  language: text(64),
  /** An ISO 8601 date. */
  hireDate: text(32),
});

export type LearnerFields = Static<typeof LearnerFieldsSchema>;

// By the ids of fields that the organisation defines.
export const CustomFieldsSchema = Type.Record(Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' }), text(1024), {
  maxProperties: 50,
});

export type CustomFields = Static<typeof CustomFieldsSchema>;

// A standard field by its name, or `customFields.` and an id.
const fieldNames = Type.Array(Type.String({ pattern: '^(customFields\\.)?[A-Za-z0-9]{1,40}$' }), { maxItems: 60 });

/** The fields that are not simply set to what the state says. */
const FieldRulesSchema = Type.Object({
  /** Written when the learner is made, and left alone from then on. */
  createOnly: fieldNames,
  /** Left as they are where the state says null. */
  keptWhenEmpty: fieldNames,
  /** Could not be read, or evaluated, this time: left as they are, whatever the state says. */
  unreadable: fieldNames,
});

export type FieldRules = Static<typeof FieldRulesSchema>;

/** Why a person is not active any more. Each is shown by a fresh read, never concluded from an absence. */
const RemovalSchema = Type.Object({
  cause: Type.Union([Type.Literal('left'), Type.Literal('deleted'), Type.Literal('disabled')]),
  /** What was read, in one sentence for the provisioning log. */
  proof: Type.String({ maxLength: 512 }),
  /** Who approved the removal, where there were too many at once: a learner id, or the name of a command. */
  approvedBy: Type.Optional(Type.String({ maxLength: 128 })),
});

export type Removal = Static<typeof RemovalSchema>;

/** The groups from the organisation's own to one that the person is a direct member of, nearest the person if they are too many. */
const GroupPathSchema = Type.Array(
  Type.Object({ id: ObjectId, name: Type.Union([Type.String({ maxLength: 256 }), Type.Null()]) }),
  { minItems: 1, maxItems: 32 },
);

export type GroupPath = Static<typeof GroupPathSchema>;

export const UserStateSchema = Type.Object({
  organisationId: OrganisationId,
  source: Type.Literal('microsoft'),
  /** The person's Entra object id. */
  personId: ObjectId,
  version: VersionText,
  /**
   * By which groups the person is in scope, or was, as far as that was read with this state. It is told, not wanted: no part
   * of the hash, so that nobody is emitted again because groups were nested otherwise.
   */
  path: Type.Optional(GroupPathSchema),
  /** Digest of everything below `runId`: equal states have equal hashes, whatever their versions. */
  hash: Type.String({ minLength: 16, maxLength: 64 }),
  runId: RunId,
  active: Type.Boolean(),
  removal: Type.Optional(RemovalSchema),
  userPrincipalName: Type.String({ minLength: 1, maxLength: 1024 }),
  userType: Type.Union([Type.Literal('Member'), Type.Literal('Guest')]),
  /** Graph's `mail`, of people whose user principal name may be no mailbox: guests. */
  mail: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
  /** Graph's `employeeId`, by which somebody is known who was a learner before the directory was connected. */
  employeeId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  fields: LearnerFieldsSchema,
  /** Those that are mapped from the directory; others are left as they are. */
  customFields: Type.Optional(CustomFieldsSchema),
  /** Absent where every field is simply set. */
  fieldRules: Type.Optional(FieldRulesSchema),
  /** The manager's Entra object id, in scope or not. Absent where managers aren't assigned: whoever is there stays. */
  managerId: Type.Optional(Type.Union([ObjectId, Type.Null()])),
});

/** Everything wanted of one person. Never an absence: a leaver is a whole state with `active: false`. */
export type UserState = Static<typeof UserStateSchema>;

export const userState = {
  type: 'com.learnamp.directory.user-state.v1',
  topic: topics.directoryUsers.name,
  schema: UserStateSchema,
} as const;

export const userStateKey = (state: Pick<UserState, 'organisationId' | 'source' | 'personId'>) =>
  `${state.organisationId}:${state.source}:${state.personId}`;
