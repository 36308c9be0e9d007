/**
 * A path of `origin` to go back to after signing in; `/` for whatever isn't clearly one. Browsers read `//host`, `/\host`
 * and control characters in surprising ways, so it has to survive the URL parser unchanged.
 */
export function returnPath(asked: unknown, origin: string): string {
  if (typeof asked !== 'string' || asked.length > 2_048 || !asked.startsWith('/')) return '/';
  // The parser keeps what is encoded, but a later hop may decode it.
  if (/%(?:2f|5c|0[0-9a-f]|1[0-9a-f])/i.test(asked)) return '/';
  const url = URL.canParse(asked, origin) ? new URL(asked, origin) : undefined;
  if (url?.origin !== origin) return '/';
  const parsed = url.pathname + url.search + url.hash;
  return parsed === asked && !parsed.startsWith('//') ? parsed : '/';
}
