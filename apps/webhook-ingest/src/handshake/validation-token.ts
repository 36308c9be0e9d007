/** What a request says about the handshake; `none`: it is no handshake. */
export type ValidationToken =
  { readonly kind: 'none' } | { readonly kind: 'token'; readonly token: string } | { readonly kind: 'refused' };

const maxLength = 2048;
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const unsafe = /[\u0000-\u001f\u007f-\u009f<>]/;

/**
 * Reads the validationToken of a request's address (Graph, notificationUrl validation). Exactly one, decoded once,
 * short, and nothing that a browser could take for markup: the answer repeats it.
 */
export function readValidationToken(url: string): ValidationToken {
  // Behind the first question mark, further ones are part of a value (RFC 3986, section 3.4).
  const [, ...query] = url.split('?');
  const values = query
    .join('?')
    .split('&')
    .filter((parameter) => /^validationToken(=|$)/.test(parameter))
    .map((parameter) => parameter.slice('validationToken='.length));
  const [value] = values;
  if (value === undefined) return { kind: 'none' };
  const token = values.length === 1 && value.length <= maxLength ? decoded(value) : undefined;
  return token === undefined || token === '' || unsafe.test(token) ? { kind: 'refused' } : { kind: 'token', token };
}

function decoded(value: string): string | undefined {
  try {
    // Graph writes spaces as "+", as forms do.
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
