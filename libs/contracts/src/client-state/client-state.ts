import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from '../keys/key-ring.ts';

/** What a subscription's clientState says. */
export interface ClientState {
  readonly kind: 'users' | 'groups';
  readonly organisationId: string;
}

const mac = (key: Buffer, { kind, organisationId }: ClientState, tenantId: string) =>
  createHmac('sha256', key).update(`${kind}\n${organisationId}\n${tenantId.toLowerCase()}`).digest('base64url');

/**
 * The clientState of a subscription: `keyId.kind.organisation.mac`, under Graph's 128 characters. The tenant is in the
 * mac alone, so the value names no tenant.
 */
export function signClientState(keys: KeyRing, state: ClientState, tenantId: string): string {
  const { id, key } = keys.current;
  return [id, state.kind, state.organisationId, mac(key, state, tenantId)].join('.');
}

/** Verifies a clientState against the tenant that the notification names; undefined when it isn't ours. */
export function verifyClientState(keys: KeyRing, clientState: string, tenantId: string): ClientState | undefined {
  if (clientState.length > 128) return undefined;
  const [keyId = '', kind, organisationId = '', given = '', ...rest] = clientState.split('.');
  const key = keys.find(keyId);
  if (!key || rest.length > 0 || (kind !== 'users' && kind !== 'groups')) return undefined;
  const state: ClientState = { kind, organisationId };
  return sameText(given, mac(key, state, tenantId)) ? state : undefined;
}

// Digests have one length, so timingSafeEqual never throws, and the time says nothing about the text.
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
