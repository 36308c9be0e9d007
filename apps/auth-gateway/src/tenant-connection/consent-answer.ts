import { aadstsOf } from '../microsoft/microsoft-error.ts';

/** What Microsoft answered to one of the two trips, as far as it is needed. */
export type ConsentAnswer =
  /** The tenant is what the address says: nobody's proof. */
  | { readonly kind: 'consented'; readonly tenantId: string }
  | { readonly kind: 'code'; readonly code: string; readonly iss: string | null }
  | { readonly kind: 'error'; readonly error: string; readonly aadsts: number | null };

type Query = Readonly<Record<string, unknown>>;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads the answer from the redirect URI. `error` comes first, because Microsoft says `admin_consent=True` beside it; what
 * is no answer to any of our questions is undefined, and so is a parameter that is there twice.
 */
export function consentAnswerOf(query: Query): ConsentAnswer | undefined {
  if ('error' in query) return errorOf(query);
  const code = single(query, 'code');
  if (code !== undefined) return { kind: 'code', code, iss: single(query, 'iss') ?? null };
  const tenantId = single(query, 'tenant');
  if (tenantId === undefined || !GUID.test(tenantId) || single(query, 'admin_consent') !== 'True') return undefined;
  return { kind: 'consented', tenantId: tenantId.toLowerCase() };
}

function errorOf(query: Query): ConsentAnswer | undefined {
  const error = single(query, 'error');
  if (error === undefined || !/^[a-z_]{1,64}$/.test(error)) return undefined;
  return { kind: 'error', error, aadsts: aadstsOf(query['error_description']) ?? null };
}

function single(query: Query, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' && value !== '' && value.length <= 8_192 ? value : undefined;
}
