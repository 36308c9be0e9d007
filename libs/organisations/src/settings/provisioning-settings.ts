import { defaultLimits, type FieldMapping, mappingProblems, noMapping } from '@learnamp/directory';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { expressionProperties } from '../mapping/expression-properties.ts';

const closed = { additionalProperties: false } as const;

const Limits = Type.Object(
  {
    share: Type.Number({ minimum: 0, maximum: 1 }),
    small: Type.Integer({ minimum: 0 }),
    number: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  },
  closed,
);

/** How provisioning works for an organisation. */
export const ProvisioningSettings = Type.Object(
  {
    enabled: Type.Boolean(),
    /** Make learners of people who come into the group, or active again of those who come back. */
    create: Type.Boolean(),
    /** Follow the details of learners. */
    update: Type.Boolean(),
    /** Deactivate learners who left, were deleted or were disabled. */
    deactivate: Type.Boolean(),
    managers: Type.Boolean(),
    photos: Type.Boolean(),
    /** When people who become learners are invited: not at all, at once, or when an administrator sends it. */
    invitations: Type.Union([Type.Literal('off'), Type.Literal('immediately'), Type.Literal('held')]),
    /** How many may be removed or added without approval. */
    limits: Type.Object({ removal: Limits, addition: Limits }, closed),
    /** Whether people who leave the group stay active: for so many days, or, with null, as long as they like. */
    outOfScope: Type.Object(
      { keep: Type.Boolean(), graceDays: Type.Union([Type.Integer({ minimum: 1, maximum: 3650 }), Type.Null()]) },
      closed,
    ),
    /** How fields of learners come from the directory, where it is not by default. It has a check of its own. */
    mapping: Type.Unsafe<FieldMapping>({}),
  },
  closed,
);

export type ProvisioningSettings = Static<typeof ProvisioningSettings>;

export const defaultProvisioning: ProvisioningSettings = {
  enabled: true,
  create: true,
  update: true,
  deactivate: true,
  managers: true,
  photos: true,
  // Nobody is surprised by mail that nobody asked for, and nothing is lost.
  invitations: 'held',
  limits: defaultLimits,
  outOfScope: { keep: false, graceDays: null },
  mapping: noMapping,
};

/** What a document says; it lacks what is newer than it. */
export function provisioningOf({
  provisioning,
}: {
  readonly provisioning: Partial<ProvisioningSettings>;
}): ProvisioningSettings {
  return { ...defaultProvisioning, ...provisioning };
}

/** The settings are not as they may be. Its message names each and says what it may be. */
export class SettingsError extends Error {
  readonly code = 'invalid-settings';
  readonly retriable = false;

  constructor(problems: readonly string[]) {
    super(`these settings can't be taken: ${problems.join('; ')}`);
    this.name = 'SettingsError';
  }
}

/** @throws SettingsError when a setting is unknown, or its value none that it may have. */
export function checkProvisioning(change: Partial<ProvisioningSettings>): void {
  const problems = [...Value.Errors(Type.Partial(ProvisioningSettings, closed), change)].map(
    ({ instancePath, message }) => `${instancePath.slice(1).replaceAll('/', '.') || 'they'} ${message}`,
  );
  if (change.mapping !== undefined) problems.push(...mappingProblems(change.mapping, expressionProperties));
  if (problems.length > 0) throw new SettingsError([...new Set(problems)]);
}
