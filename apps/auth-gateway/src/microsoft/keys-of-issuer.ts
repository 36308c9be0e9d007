import type { CustomFetch } from 'openid-client';

interface KeySet {
  readonly keys?: readonly { readonly issuer?: string }[];
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
  const { keys } = parse(text);
  if (!Array.isArray(keys)) return undefined;
  const [tenantId = ''] = new URL(issuer).pathname.split('/').slice(1);
  const ours = keys.filter((key) => key.issuer === undefined || key.issuer.replace('{tenantid}', tenantId) === issuer);
  return JSON.stringify({ keys: ours });
}

function parse(text: string): KeySet {
  try {
    return (JSON.parse(text) as KeySet | null) ?? {};
  } catch {
    // The library reports what isn't JSON.
    return {};
  }
}
