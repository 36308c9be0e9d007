import type { StandardField } from './learner-fields.ts';

/** A value as a field takes it: text, or null where there is none; or why it can't be one. */
export type Reading = { readonly text: string | null } | { readonly problem: string };

/** The longest text of each standard field, in UTF-16 code units. The schema of the events has the same. */
export const fieldLengths: Readonly<Record<StandardField, number>> = {
  firstName: 256,
  lastName: 256,
  displayName: 256,
  email: 320,
  jobTitle: 256,
  department: 256,
  location: 256,
  language: 64,
  hireDate: 32,
};

/** The longest text of a custom field. */
export const CUSTOM_FIELD_LENGTH = 1024;

/**
 * Any value of Graph, or of an expression, as text. White space around a value says nothing, so an all-blank value is
 * none. Numbers and booleans become text, a list its texts joined by comma and space; an object is no text.
 */
export function textOf(value: unknown): Reading {
  if (value === null || value === undefined) return { text: null };
  if (Array.isArray(value)) return joined(value);
  if (typeof value === 'string') return { text: value.trim() || null };
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    return { text: String(value) };
  }
  return { problem: 'the value is no text' };
}

function joined(values: readonly unknown[]): Reading {
  const texts: string[] = [];
  for (const value of values) {
    const reading: Reading = Array.isArray(value) ? { problem: 'the value is a list of lists' } : textOf(value);
    if ('problem' in reading) return reading;
    if (reading.text !== null) texts.push(reading.text);
  }
  return { text: texts.join(', ') || null };
}

/** The text as the field keeps it, or why it doesn't fit. */
export function fitted(field: string, text: string): Reading {
  const shaped = Object.hasOwn(shapes, field) ? (shapes[field]?.(text) ?? { text }) : { text };
  if ('problem' in shaped) return shaped;
  const length = Object.hasOwn(fieldLengths, field) ? fieldLengths[field as StandardField] : CUSTOM_FIELD_LENGTH;
  return text.length > length ? { problem: `the value is longer than ${length} characters` } : shaped;
}

const shapes: Readonly<Record<string, (text: string) => Reading>> = {
  email: (text) => (/^[^\s@]+@[^\s@]+$/.test(text) ? { text } : { problem: 'the value is no email address' }),
  // Graph gives a moment; a hire date is a day.
  hireDate: (text) => {
    const day = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text)?.[0];
    if (day === undefined || !isDay(day)) return { problem: 'the value is no date such as 2026-11-25' };
    return { text: day };
  },
};

function isDay(day: string): boolean {
  const time = Date.parse(day);
  // 31 June parses in some engines, as a day of July.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
