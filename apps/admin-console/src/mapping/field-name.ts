import { words } from '../words/words.ts';
import { fieldOf, type MappingRows } from './mapping-rows.ts';

/** What a field is called, by the organisation's own words where it is theirs. */
export function fieldName({ customFields }: Pick<MappingRows, 'customFields'>, field: string): string {
  const own = customFields.find((custom) => fieldOf(custom) === field);
  return own?.title ?? words.fields.names[field] ?? field;
}
