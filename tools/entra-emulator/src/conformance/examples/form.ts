/** What a generated value must look like: says what is wrong with one, or nothing. The example's own value is given too. */
export type Form = (value: unknown, example: unknown) => string | undefined;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE_TIME = String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d`;
// .NET writes ticks of 100 ns, and may leave zeros at the end away.
const FRACTION = String.raw`(\.\d{1,7})?`;

const utcTime = matching(new RegExp(`${DATE_TIME}${FRACTION}Z$`), 'a time in UTC');

/** Values that a server makes up itself: compared by what they look like. */
export const form = {
  guid: matching(GUID, 'a GUID'),
  utcTime,
  sameUtcTime,
  offsetTime: matching(new RegExp(`${DATE_TIME}${FRACTION}\\+00:00$`), 'a time with an offset'),
  entraTime: matching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/, 'a time as Entra writes it'),
  eTag: matching(/^"[0-9A-F]+"$/, 'a quoted tag'),
  token: matching(/^[\w.~-]{20,}$/, 'an opaque token'),
  base64: matching(/^[A-Za-z0-9+/]{20,}=*$/, 'base64'),
  base64url: matching(/^[\w-]{20,}$/, 'base64url'),
  text: matching(/./, 'a text'),
  wholeNumber: (value) => (Number.isInteger(value) ? undefined : `is ${shown(value)}, not a whole number`),
  link,
} satisfies Record<string, Form>;

/** Names whose values are generated wherever they stand. */
export const formsByName: ReadonlyMap<string, Form> = new Map([
  ['@odata.context', link],
  ['@odata.nextLink', link],
  ['@odata.deltaLink', link],
  ['date', matching(new RegExp(`${DATE_TIME}$`), 'a time without a zone')],
  ['request-id', form.guid],
  ['client-request-id', form.guid],
]);

/** A value in a message. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function matching(pattern: RegExp, name: string): Form {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : `is ${shown(value)}, not ${name}`);
}

function sameUtcTime(value: unknown, example: unknown): ReturnType<Form> {
  const isSame = Date.parse(String(value)) === Date.parse(String(example));
  return utcTime(value, example) ?? (isSame ? undefined : `is ${shown(value)}, not the time ${shown(example)}`);
}

/** The same address but for the host, which is the emulator's, and for opaque tokens. */
function link(value: unknown, example: unknown): ReturnType<Form> {
  const isOurs = typeof value === 'string' && /^https?:\/\/localhost:\d+\//.test(value);
  if (isOurs && anonymous(value) === anonymous(example)) return undefined;
  return `is ${shown(value)}, not ${shown(example)} with the emulator's host`;
}

function anonymous(address: unknown): string {
  return String(address)
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/(\$(?:skip|delta)token=)[\w.~-]+/, '$1…');
}
