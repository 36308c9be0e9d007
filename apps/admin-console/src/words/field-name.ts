import { words } from './words.ts';

const CUSTOM = 'customFields.';

/** What a field is called; one that an organisation defines itself by its id. */
export const fieldName = (field: string): string => words.fields.names[field] ?? field.replace(CUSTOM, '');
