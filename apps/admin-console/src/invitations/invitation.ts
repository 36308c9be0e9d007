import type { paths } from '../api/openapi.d.ts';

/** A page of the invitations that nobody has used, and how many there are. */
export type InvitationList = paths['/api/invitations']['get']['responses']['200']['content']['application/json'];

export type Invitation = InvitationList['invitations'][number];

/** Sent, or perhaps sent, and it may be sent once more. */
export const canBeSentAgain = ({ state }: Pick<Invitation, 'state'>): boolean =>
  state === 'unconfirmed' || state === 'refused' || state === 'expired';
