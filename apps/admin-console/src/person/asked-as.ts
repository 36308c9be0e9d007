import type { Person } from './person.ts';

/** By what an explanation is asked for; null of somebody whom nothing at Microsoft could be compared with. */
export const askedAs = ({ personId, userPrincipalName, email }: Person): string | null =>
  personId ?? userPrincipalName ?? email;
