import type { LearnerDocument } from '@learnamp/learners';
import type { IDToken } from 'openid-client';

/** Somebody whose account is in another tenant than the one that names them (Entra, optional claims `acct` and `idp`). */
export const isGuestByClaims = ({ acct, idp, iss }: IDToken): boolean =>
  acct === 1 || acct === '1' || (idp !== undefined && idp !== iss);

/** Somebody of whom the directory says that they are a guest (`userType`). */
export const isGuestByDirectory = ({ sources }: Pick<LearnerDocument, 'sources'>): boolean =>
  sources.microsoft?.userType === 'Guest';
