const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** What has a name too, but is no country's code. */
const NO_COUNTRIES: ReadonlySet<string> = new Set(['EU', 'EZ', 'UK', 'UN', 'ZZ']);

/** Whether it is a country's code of two letters (ISO 3166-1). */
export function isCountryCode(value: unknown): boolean {
  return (
    typeof value === 'string' && /^[A-Z]{2}$/.test(value) && !NO_COUNTRIES.has(value) && names.of(value) !== undefined
  );
}
