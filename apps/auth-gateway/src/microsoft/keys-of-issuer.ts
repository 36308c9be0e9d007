import type { CustomFetch } from 'openid-client';

interface SigningKey {
  readonly issuer?: string;
}

/**
 * A fetch that lets through only those signing keys that may sign for `issuer`. Microsoft says of each key whose tokens
 * it may sign, with `{tenantid}` for any tenant's; keys are shared between tenants, so the others are not for us.
 */
export function fetchWithKeysOf(issuer: string): CustomFetch {
  return async (url, options) => {
    const response = await fetch(url, { ...options, body: options.body ?? null });
    if (!response.ok || !response.headers.get('content-type')?.includes('json')) return response;
    const text = await response.text();
    return new Response(onlyKeysOf(issuer, text) ?? text, response);
  };
}

/** The key set of a JSON text without other issuers' keys; undefined when the text is something else. */
function onlyKeysOf(issuer: string, text: string): string | undefined {
  const keys = keysIn(text);
  const [tenantId = ''] = new URL(issuer).pathname.split('/').slice(1);
  const ours = keys?.filter((key) => key.issuer === undefined || key.issuer.replace('{tenantid}', tenantId) === issuer);
  return ours && JSON.stringify({ keys: ours });
}

function keysIn(text: string): readonly SigningKey[] | undefined {
  try {
    const { keys } = JSON.parse(text) as { readonly keys?: unknown };
    return Array.isArray(keys) ? (keys as SigningKey[]) : undefined;
  } catch {
    // The library reports what isn't JSON.
    return undefined;
  }
}
