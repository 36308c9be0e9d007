import { badRequest, invalidODataRequest, unsupportedQuery } from '../../protocol/refusals.ts';

/** A parsed `$expand`. */
export interface Expand {
  readonly relation: string;
  /** How many managers up; 1000 for `max`. */
  readonly levels?: number;
  readonly select?: readonly string[];
}

const MAX_LEVELS = 1000;

/** Reads `$expand`: one relation, with options in brackets: `manager($levels=max;$select=id,displayName)`. */
export function parseExpand(text: string): Expand {
  const [, relation, inner] = /^\s*([\w.]+)\s*(?:\((.*)\))?\s*$/s.exec(text) ?? [];
  if (relation === undefined || /\),/.test(inner ?? '')) throw severalOrNone(text);
  return Object.assign({ relation }, ...(inner ?? '').split(';').map((part) => readOption(part, inner))) as Expand;
}

function readOption(part: string, inner: string | undefined): Omit<Expand, 'relation'> {
  if (inner === undefined) return {};
  const [, option, value = ''] = /^\s*(\$\w+)=(.*)$/s.exec(part) ?? [];
  if (option === '$levels') return { levels: readLevels(value.trim()) };
  if (option === '$select') return { select: value.split(',').map((name) => name.trim()) };
  if (option === undefined)
    throw invalidODataRequest(`Parsing OData Select and Expand failed: Term '${part}' is not valid.`);
  throw unsupportedQuery(`The query option '${option}' is not supported inside of $expand.`);
}

function readLevels(value: string): number {
  const levels = value === 'max' ? MAX_LEVELS : Number(value);
  if (!Number.isInteger(levels) || levels < 1 || levels > MAX_LEVELS) throw badRequest(`Invalid $levels: '${value}'.`);
  return levels;
}

function severalOrNone(text: string): Error {
  return text.includes(',')
    ? unsupportedQuery('Only one relation can be expanded in a request.')
    : invalidODataRequest(`Parsing OData Select and Expand failed: Term '${text}' is not valid.`);
}
