import { hasExpired, type InvitationDocument } from '@learnamp/learners';
import Type, { type Static } from 'typebox';

/** Where an invitation is that nobody has used. */
export const OpenState = Type.Union([
  Type.Literal('held'),
  Type.Literal('queued'),
  Type.Literal('sending'),
  Type.Literal('sent'),
  Type.Literal('unconfirmed'),
  Type.Literal('refused'),
  /** Sent, or perhaps sent, and its link has ended. */
  Type.Literal('expired'),
]);
export type OpenState = Static<typeof OpenState>;

export const stateWords: Readonly<Record<OpenState, string>> = {
  held: 'Held',
  queued: 'About to be sent',
  sending: 'Being sent',
  sent: 'Sent',
  unconfirmed: 'Unconfirmed: it may have been sent',
  refused: 'Refused',
  expired: 'Not used in time',
};

/** Null of one that is over: used, or withdrawn. */
export function openStateOf(invitation: Pick<InvitationDocument, 'state' | 'expiresAt'>, now: Date): OpenState | null {
  const { state } = invitation;
  if (hasExpired(invitation, now)) return 'expired';
  return state === 'redeemed' || state === 'withdrawn' ? null : state;
}
