/** The origin that a `Location` leads to from a page of `home`, by the URL standard's own parser; null for none. */
export function byStandard(location: string, home: string): string | null {
  return URL.canParse(location, home) ? new URL(location, home).origin : null;
}

/**
 * The same as browsers have it, kinder than the standard and written apart: they drop white space and control characters, take a
 * backslash for a slash and any number of slashes for two.
 */
export function byBrowser(location: string, home: string): string {
  const text = location
    .replaceAll(/[\t\n\r]/g, '')
    .replace(/^[\s\p{Cc}]+/u, '')
    .replaceAll('\\', '/');
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*:)(.*)$/i.exec(text) ?? [];
  if (scheme !== undefined && rest !== undefined) return `${scheme.toLowerCase()}//${hostIn(rest.replace(/^\/*/, ''))}`;
  return text.startsWith('//') ? `${new URL(home).protocol}//${hostIn(text.replace(/^\/+/, ''))}` : home;
}

const hostIn = (text: string) => (/^[^/?#]*/.exec(text)?.[0] ?? '').split('@').at(-1)?.toLowerCase() ?? '';

/** What is left of it when a later hop decodes it once more. */
export function decoded(location: string): string {
  try {
    return decodeURIComponent(location);
  } catch {
    return location;
  }
}

/** Whether everybody agrees that it stays at home, encoded and decoded. */
export function staysAt(home: string, location: string): boolean {
  const forms = [location, decoded(location)];
  return forms.every((form) => byStandard(form, home) === home && byBrowser(form, home) === home);
}
