import Type from 'typebox';

/** An Entra object id, as Graph writes it. */
export const ObjectId = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
});

export const OrganisationId = Type.String({ minLength: 1, maxLength: 36, pattern: '^[A-Za-z0-9-]+$' });

export const RunId = Type.String({ minLength: 1, maxLength: 64 });

/** See versions/version.ts. */
export const VersionText = Type.String({ pattern: '^\\d{10}-\\d{12}$' });

export const Timestamp = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' });
