import type { CustomFetch } from 'openid-client';

interface SigningKey {
  readonly kty?: unknown;
  readonly n?: unknown;
  readonly e?: unknown;
  readonly issuer?: string;
}

/** Microsoft's longest answer, its key set, has about 20 KB. */
const MOST_BYTES = 65_536;

/** 4,096 bits in base64url. */
const LONGEST_MODULUS = 684;

/**
 * A fetch that lets through only those signing keys that may sign for `issuer`. Microsoft says of each key whose tokens
 * it may sign, with `{tenantid}` for any tenant's; keys are shared between tenants, so the others are not for us.
 */
export function fetchWithKeysOf(issuer: string): CustomFetch {
  return async (url, options) => {
    const response = await fetch(url, { ...options, body: options.body ?? null });
    const text = await textOf(response);
    return new Response((onlyKeysOf(issuer, text) ?? text) || null, response);
  };
}

/** @throws TypeError for an answer that is much too long; the rest of it isn't read. */
async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new TypeError('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** The key set of a JSON text without other issuers' keys; undefined when the text is something else. */
function onlyKeysOf(issuer: string, text: string): string | undefined {
  const keys = keysIn(text);
  const ours = keys?.filter((key) => mayServe(key, issuer) && isUsual(key));
  return ours && JSON.stringify({ keys: ours });
}

function mayServe(key: SigningKey, issuer: string): boolean {
  const [tenantId = ''] = new URL(issuer).pathname.split('/').slice(1);
  return key.issuer === undefined || key.issuer.replace('{tenantid}', tenantId) === issuer;
}

/** Checking a signature by a huge key takes seconds; Microsoft's are RSA of 2,048 bits with the usual exponent. */
const isUsual = ({ kty, n, e }: SigningKey) =>
  kty !== 'RSA' || (typeof n === 'string' && n.length <= LONGEST_MODULUS && e === 'AQAB');

function keysIn(text: string): readonly SigningKey[] | undefined {
  try {
    const { keys } = JSON.parse(text) as { readonly keys?: unknown };
    return Array.isArray(keys) ? (keys as SigningKey[]) : undefined;
  } catch {
    // The library reports what isn't JSON.
    return undefined;
  }
}
