/** The byte order mark by which spreadsheets know that a file is UTF-8. */
export const byteOrderMark = '\uFEFF';

/** A line of a CSV file (RFC 4180), with its end. */
export const csvLine = (values: readonly unknown[]): string => `${values.map(csvValue).join(',')}\r\n`;

// What spreadsheets take for the beginning of a formula; a tab and a line break because they are cut off first.
const FORMULA = /^[=+\-@\t\r\n]/;

/** An apostrophe in front of what a spreadsheet would calculate: names come from a directory where people choose them. */
function csvValue(value: unknown): string {
  const text = textOf(value);
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
