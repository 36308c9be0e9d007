import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { exportJWK, SignJWT } from 'jose';

type Claims = Readonly<Record<string, unknown>>;

/** What tampering starts from. */
export interface Tampering {
  /** A token that is good. */
  readonly token: string;
  /** One that is good at another organisation. */
  readonly othersToken: string;
  /** The key that signed both, in PEM. */
  readonly signingKey: string;
  readonly seed: number;
}

/** A token that must not be taken, and what was done to it. */
export interface TamperedToken {
  readonly what: string;
  readonly token: string;
}

type Way = (good: Good, random: (below: number) => number) => string | Promise<string>;

interface Good extends Omit<Tampering, 'seed'> {
  readonly parts: readonly [string, string, string];
  readonly header: Claims;
  readonly claims: Claims;
  readonly othersClaims: Claims;
  readonly key: KeyObject;
}

const read = (part = ''): Claims => JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims;
const write = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Signs anything with the real key: such a token would only be taken for what it says. */
const signed = ({ header, key }: Good, claims: Claims, change: Claims = {}) =>
  new SignJWT({ ...claims }).setProtectedHeader({ ...header, ...change, alg: 'ES256' }).sign(key);

const forged = async ({ header, claims }: Good, change: Claims) =>
  new SignJWT({ ...claims }).setProtectedHeader({ ...header, ...change, alg: 'ES256' }).sign(stranger.privateKey);

/** Header or claims changed, under the signature that was there. */
const underOldSignature = ({ parts, header, claims }: Good, changed: { header?: Claims; claims?: Claims }) =>
  [write({ ...header, ...changed.header }), write({ ...claims, ...changed.claims }), parts[2]].join('.');

const mac = ({ parts, header, signingKey }: Good) => {
  const pem = createPublicKey(signingKey).export({ type: 'spki', format: 'pem' }).toString();
  const input = `${write({ ...header, alg: 'HS256' })}.${parts[1]}`;
  return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
};

function bitFlipped({ token }: Good, random: (below: number) => number): string {
  const at = random(token.length);
  const old = ALPHABET.indexOf(token[at] ?? '');
  const flipped = old < 0 ? '-' : (ALPHABET[old ^ (1 << random(6))] ?? '-');
  return token.slice(0, at) + flipped + token.slice(at + 1);
}

const pick = <Value>(values: readonly Value[], random: (below: number) => number) =>
  values[random(values.length)] as Value;

const hours = (claims: Claims, number: number) => Number(claims['iat']) + number * 3600;

/** Each way by what it is called. */
const ways: Readonly<Record<string, Way>> = {
  'a bit flipped': bitFlipped,
  'several bits flipped': (good, random) => {
    let { token } = good;
    for (let left = 2 + random(6); left > 0; left -= 1) token = bitFlipped({ ...good, token }, random);
    return token;
  },
  'cut short': ({ token }, random) => token.slice(0, random(token.length)),
  'something added': ({ token }, random) => token + pick(['=', 'A', '.', '.e30', '%00', '-', 'AA=='], random),
  'the same bytes in other letters': ({ parts: [header, claims, signature] }, random) => {
    const last = ALPHABET.indexOf(signature.at(-1) ?? '');
    return [header, claims, signature.slice(0, -1) + (ALPHABET[last ^ (1 + random(15))] ?? '')].join('.');
  },
  'a part of another token': ({ parts, othersToken }, random) => {
    const others = othersToken.split('.');
    const at = random(2) + 1;
    return parts.map((part, index) => (index === at ? (others[index] ?? '') : part)).join('.');
  },
  'no algorithm': ({ parts, header }, random) =>
    `${write({ ...header, alg: pick(['none', 'None', 'NONE', 'nOnE', ''], random) })}.${parts[1]}.${pick(['', parts[2]], random)}`,
  'no signature': ({ parts, header }, random) =>
    `${write({ ...header, kid: pick([header['kid'], 'another', undefined], random) })}.${parts[1]}.`,
  'another algorithm': (good, random) =>
    underOldSignature(good, { header: { alg: pick(['ES384', 'RS256', 'PS256', 'EdDSA', 'HS256', 'ES256K'], random) } }),
  'a MAC by the public key': mac,
  'a stranger’s key under our id': (good) => forged(good, {}),
  'a stranger’s key that comes along': async (good, random) => {
    const jwk = await exportJWK(stranger.publicKey);
    return forged(
      good,
      pick(
        [{ jwk }, { jwk, kid: undefined }, { jku: 'https://evil.example/keys' }, { x5u: 'https://evil.example' }],
        random,
      ),
    );
  },
  'another key id': (good, random) =>
    signed(good, good.claims, { kid: pick(['', 'another', '../../dev/null', "' or 1=1", '__proto__'], random) }),
  'another type under the old signature': (good, random) =>
    underOldSignature(good, { header: { typ: pick(['at+jwt', 'logout+jwt', 'JWE', ''], random) } }),
  'another person under the old signature': (good, random) =>
    underOldSignature(good, { claims: { sid: good.othersClaims['sid'], sub: `someone-${random(1e6)}` } }),
  'a longer life under the old signature': (good, random) =>
    underOldSignature(good, { claims: { exp: hours(good.claims, 1 + random(1000)) } }),
  'run out': (good, random) =>
    signed(good, {
      ...good.claims,
      iat: hours(good.claims, -3 - random(100)),
      exp: hours(good.claims, -1 - random(2)),
    }),
  'of another organisation': (good, random) =>
    signed(good, { ...good.claims, aud: pick([good.othersClaims['aud'], 'another', '', ['a', 'b'], '*'], random) }),
  'another organisation’s own': ({ othersToken }) => othersToken,
  'another organisation’s session under our name': (good) =>
    signed(good, { ...good.othersClaims, aud: good.claims['aud'] }),
  'by another issuer': (good, random) =>
    signed(good, {
      ...good.claims,
      iss: pick(['https://evil.example', `${String(good.claims['iss'])}/`, '', 'null'], random),
    }),
  'without something': (good, random) => {
    const missing = pick(['iss', 'aud', 'sub', 'sid', 'exp', 'iat'], random);
    return signed(good, Object.fromEntries(Object.entries(good.claims).filter(([name]) => name !== missing)));
  },
  'of no session': (good, random) =>
    signed(good, { ...good.claims, sid: pick(['', 'none', '*', '__proto__', `${random(1e9)}`], random) }),
  'of a session that is a query': (good, random) =>
    signed(good, { ...good.claims, sid: pick([{ $ne: null }, { $gt: '' }, ['a'], 1, null, true], random) }),
};

export const wayNames = Object.keys(ways);

/** So many tokens, every way in turn. */
export async function tamperedTokens(tampering: Tampering, count: number): Promise<TamperedToken[]> {
  const good = goodOf(tampering);
  const numbers = fc.sample(fc.array(fc.nat(), { minLength: 16, maxLength: 16 }), {
    seed: tampering.seed,
    numRuns: count,
  });
  const made = numbers.map(async (drawn, index): Promise<TamperedToken> => {
    const what = wayNames[index % wayNames.length] ?? '';
    let at = 0;
    const random = (below: number) => (drawn[at++ % drawn.length] ?? 0) % below;
    return { what, token: (await ways[what]?.(good, random)) ?? '' };
  });
  return (await Promise.all(made)).filter(({ token }) => token !== tampering.token);
}

function goodOf(tampering: Tampering): Good {
  const { token, othersToken, signingKey } = tampering;
  const [header = '', claims = '', signature = ''] = token.split('.');
  return {
    ...{ token, othersToken, signingKey, parts: [header, claims, signature] },
    ...{ header: read(header), claims: read(claims), othersClaims: read(othersToken.split('.')[1]) },
    key: createPrivateKey(signingKey),
  };
}
